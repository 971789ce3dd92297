import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse } from '../../src/serve/admission/decision.ts';
import { errnos } from './support/fake-addon.ts';
import { startFake } from './support/runtime.ts';

const logged = { logOnSuccess: ['PID', 'HOST', 'EXIT', 'DURATION'], logOnFailure: ['HOST'] } as const;

test('a connection becomes descriptors 0 to 2 of a server that knows its client', () => {
  const { kernel } = startFake([logged]);
  const fd = kernel.connect('192.0.2.7');
  assert.deepEqual(kernel.starts[0]?.stdio, [fd, fd, fd]);
  assert.equal(kernel.starts[0]?.close, fd);
  assert.deepEqual(kernel.starts[0]?.env, ['REMOTE_HOST=192.0.2.7']);
});

test('START and EXIT are logged when the server runs and ends', () => {
  const { kernel, clock, serviceLog } = startFake([logged]);
  kernel.connect('192.0.2.7');
  assert.deepEqual(serviceLog, [], 'nothing runs yet');
  const pid = kernel.run();
  clock.advance(2900);
  kernel.exit(pid, { status: 3 });
  assert.deepEqual(serviceLog, [
    `START: test pid=${pid} from=192.0.2.7`,
    `EXIT: test status=3 pid=${pid} duration=2(sec)`,
  ]);
});

test('a server that a signal ended is logged with the signal', () => {
  const { kernel, serviceLog } = startFake([{ logOnSuccess: ['EXIT'] }]);
  kernel.connect('192.0.2.7');
  kernel.exit(kernel.run(), { signal: 9 });
  assert.deepEqual(serviceLog, ['START: test', 'EXIT: test signal=9']);
});

test('an IPv4 client of a dual-stack socket is an IPv4 client', () => {
  const { kernel, serviceLog } = startFake([{ ...logged, bind: null, family: 'IPv6' }]);
  kernel.connect('::ffff:192.0.2.7');
  const pid = kernel.run();
  assert.deepEqual(serviceLog, [`START: test pid=${pid} from=192.0.2.7`]);
  assert.deepEqual(kernel.starts[0]?.env, ['REMOTE_HOST=192.0.2.7']);
});

test('instances: one more client is turned away, and let in after a server has ended', () => {
  const { kernel, serviceLog } = startFake([{ ...logged, instances: 1 }]);
  kernel.connect('192.0.2.7');
  const turnedAway = kernel.connect('192.0.2.8');
  assert.deepEqual(kernel.refused, [{ fd: turnedAway, message: null }]);
  assert.deepEqual(serviceLog, ['FAIL: test service_limit from=192.0.2.8']);
  kernel.exit(kernel.run());
  kernel.connect('192.0.2.8');
  assert.equal(kernel.starts.length, 2);
});

test('per_source counts each address by itself', () => {
  const { kernel, serviceLog } = startFake([{ ...logged, perSource: 1 }]);
  kernel.connect('192.0.2.7');
  kernel.connect('192.0.2.7');
  kernel.connect('192.0.2.8');
  assert.equal(kernel.starts.length, 2);
  assert.deepEqual(serviceLog, ['FAIL: test per_source_limit from=192.0.2.7']);
});

test('the process limit counts the servers of all services', () => {
  const { kernel, serviceLog } = startFake([logged, { ...logged, id: 'other' }], { processLimit: 1 });
  kernel.connect('192.0.2.7', kernel.socket(0));
  kernel.connect('192.0.2.7', kernel.socket(1));
  assert.deepEqual(serviceLog, ['FAIL: other process_limit from=192.0.2.7']);
});

test('cps closes the socket for its pause and opens it again', () => {
  const { kernel, clock, serviceLog, messages } = startFake([{ ...logged, cps: { rate: 2, pause: 10 } }]);
  for (let client = 0; client < 3; client++) kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 2);
  assert.deepEqual(serviceLog, ['FAIL: test connections per second from=192.0.2.7']);
  assert.equal(kernel.sockets.size, 0);
  const deactivating =
    'ERROR: Deactivating service test due to excessive incoming connections.  Restarting in 10 seconds.';
  assert.ok(messages.includes(deactivating), messages.join('\n'));
  clock.advance(10_000);
  assert.ok(messages.includes('ERROR: Activating service test'));
  kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 3);
});

test('a socket whose port the kernel chose comes back at that port', () => {
  const { kernel, clock, supervisor } = startFake([{ port: 0, cps: { rate: 1, pause: 10 } }]);
  const port = (): number | undefined => supervisor.services[0]?.listeners[0]?.name?.port;
  const chosen = port();
  for (let client = 0; client < 2; client++) kernel.connect('192.0.2.7');
  assert.equal(port(), undefined);
  clock.advance(10_000);
  assert.equal(port(), chosen);
});

test('cps lets through what stays at the rate', () => {
  const { kernel, clock } = startFake([{ cps: { rate: 2, pause: 10 } }]);
  for (let second = 0; second < 5; second++) {
    kernel.connect('192.0.2.7');
    kernel.connect('192.0.2.7');
    clock.advance(1000);
  }
  assert.equal(kernel.starts.length, 10);
});

test('a client that may not come does not use up the rate of the others', () => {
  const rules = {
    decide: (address: string) =>
      address === '192.0.2.66' ? refuse('address', 'no_access', null) : ({ admitted: true } as const),
  };
  const { kernel, serviceLog } = startFake([{ ...logged, cps: { rate: 1, pause: 10 } }], { rules });
  for (let client = 0; client < 3; client++) kernel.connect('192.0.2.66');
  kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 1);
  assert.deepEqual(new Set(serviceLog), new Set(['FAIL: test address from=192.0.2.66']));
});

test('access_times and max_load turn clients away', () => {
  const night = startFake([{ ...logged, accessTimes: [{ start: 0, end: 300 }] }]);
  night.kernel.connect('192.0.2.7');
  assert.deepEqual(night.serviceLog, ['FAIL: test time from=192.0.2.7']);
  const busy = startFake([{ ...logged, maxLoad: 2 }], { load: () => 2 });
  busy.kernel.connect('192.0.2.7');
  assert.deepEqual(busy.serviceLog, ['FAIL: test load from=192.0.2.7']);
});

test('most children: the socket rests until a server ends', () => {
  const { kernel } = startFake([{ maxChildren: 1 }]);
  kernel.connect('192.0.2.7');
  assert.equal(kernel.socket().armed, false);
  kernel.exit(kernel.run());
  assert.equal(kernel.socket().armed, true);
});

test('most children: clients that were on their way wait too, and are let go when the service closes', () => {
  const { kernel, supervisor, prepare } = startFake([{ maxChildren: 2 }]);
  const clients = [1, 2, 3, 4, 5].map((host) => kernel.connect(`192.0.2.${host}`));
  assert.equal(kernel.starts.length, 2);
  const pid = kernel.run(kernel.starts[0]);
  kernel.exit(pid);
  assert.equal(kernel.starts.length, 3);
  assert.deepEqual(kernel.starts.at(-1)?.env, ['REMOTE_HOST=192.0.2.3']);
  assert.equal(kernel.socket().armed, false);
  supervisor.reconfigure([prepare({ maxChildren: 3 })]);
  assert.equal(kernel.starts.length, 4);
  supervisor.reconfigure([]);
  assert.ok(kernel.closed.includes(clients[4] ?? 0));
});

test('servers that do not get to their program: clients wait until half of them are through', () => {
  const { kernel } = startFake([{ instances: null }]);
  for (let client = 0; client < 130; client++) kernel.connect('192.0.2.7');
  assert.equal(kernel.starts.length, 128);
  assert.deepEqual(kernel.refused, []);
  assert.equal(kernel.socket().armed, false);
  for (const start of kernel.starts.slice(0, 63)) kernel.run(start);
  assert.equal(kernel.starts.length, 128);
  kernel.run(kernel.starts[63]);
  assert.equal(kernel.starts.length, 130);
  assert.equal(kernel.socket().armed, true);
});

test('most children count for all sockets of a service', () => {
  const { kernel } = startFake([{ maxChildren: 1, bind: 'localhost', family: 'IPv6', port: 4000 }]);
  kernel.connect('127.0.0.1', kernel.socket(0));
  assert.deepEqual([kernel.socket(0).armed, kernel.socket(1).armed], [false, false]);
});

test('a server that cannot be started says the step and the reason, and its client is let go', () => {
  const { kernel, messages, serviceLog, supervisor } = startFake([{ ...logged, instances: 1 }]);
  const fd = kernel.connect('192.0.2.7');
  const token = kernel.starts[0]?.token ?? 0;
  kernel.emit({ kind: 'spawn-failed', token, step: 'exec', code: 'ENOENT' });
  assert.deepEqual(kernel.refused, [{ fd, message: null }]);
  assert.deepEqual(serviceLog, ['FAIL: test fork from=192.0.2.7']);
  const message =
    'ERROR: service test: server not started, exec failed: No such file or directory (errno = 2)';
  assert.ok(messages.includes(message), messages.join('\n'));
  assert.equal(supervisor.instances, 0);
});

test('fork is tried again every five seconds, five times', () => {
  const { kernel, clock, serviceLog, messages } = startFake([logged]);
  kernel.connect('192.0.2.7');
  for (let attempt = 1; attempt <= 5; attempt++) {
    assert.equal(kernel.starts.length, attempt);
    const token = kernel.starts.at(-1)?.token ?? 0;
    kernel.emit({ kind: 'spawn-failed', token, step: 'fork', code: 'EAGAIN' });
    clock.advance(5000);
  }
  assert.equal(kernel.starts.length, 5);
  assert.deepEqual(serviceLog, ['FAIL: test fork from=192.0.2.7']);
  assert.ok(messages.includes('ERROR: service test: too many consecutive fork failures'));
});

test('NORETRY gives up at once', () => {
  const { kernel, clock, serviceLog } = startFake([{ ...logged, flags: ['NORETRY'] }]);
  kernel.connect('192.0.2.7');
  const token = kernel.starts[0]?.token ?? 0;
  kernel.emit({ kind: 'spawn-failed', token, step: 'fork', code: 'EAGAIN' });
  clock.advance(60_000);
  assert.equal(kernel.starts.length, 1);
  assert.deepEqual(serviceLog, ['FAIL: test fork from=192.0.2.7']);
});

for (const call of ['spawn', 'compilePlan'] as const) {
  test(`no memory for ${call} is tried again as a fork that failed is`, () => {
    const { kernel, clock, messages, supervisor, serviceLog } = startFake([logged]);
    kernel.failures = { [call]: errnos.ENOMEM };
    kernel.connect('192.0.2.7');
    assert.ok(messages.includes('ERROR: test: fork failed: Not enough memory (errno = 12)'));
    kernel.failures = {};
    clock.advance(5000);
    kernel.exit(kernel.run());
    assert.deepEqual(serviceLog, [
      'START: test pid=1001 from=192.0.2.7',
      'EXIT: test status=0 pid=1001 duration=0(sec)',
    ]);
    assert.deepEqual([supervisor.instances, supervisor.findInconsistencies()], [0, []]);
  });
}

test('clients for whom there is no memory are let go in turn when nobody wants to try again', () => {
  const { kernel, supervisor } = startFake([{ flags: ['NORETRY'] }]);
  kernel.room = 0;
  const clients = [1, 2, 3].map((host) => kernel.connect(`192.0.2.${host}`));
  kernel.failures = { spawn: errnos.ENOMEM };
  kernel.emit({ kind: 'exited', pid: 1, status: 0, signal: null, cpuMicros: 0 });
  assert.deepEqual(
    kernel.refused.map(({ fd }) => fd),
    clients,
  );
  assert.equal(supervisor.instances, 0);
});

test('a program that finds no memory when it is to be executed is tried again', () => {
  const { kernel, clock } = startFake([logged]);
  kernel.connect('192.0.2.7');
  kernel.emit({ kind: 'spawn-failed', token: kernel.starts[0]?.token ?? 0, step: 'exec', code: 'ENOMEM' });
  clock.advance(5000);
  assert.equal(kernel.starts.length, 2);
});

test('without memory to watch a socket again it rests as without descriptors', () => {
  const { kernel, clock } = startFake([{ maxChildren: 1 }]);
  kernel.connect('192.0.2.7');
  kernel.failures = { resumeWatch: errnos.ENOMEM };
  kernel.exit(kernel.run());
  clock.advance(1000);
  assert.equal(kernel.socket().armed, false);
  kernel.failures = {};
  clock.advance(1000);
  assert.equal(kernel.socket().armed, true);
});

test('starts that do not fit into the queue of the spawners wait their turn', () => {
  const { kernel } = startFake([{}]);
  kernel.room = 1;
  kernel.connect('192.0.2.1');
  kernel.connect('192.0.2.2');
  kernel.connect('192.0.2.3');
  assert.equal(kernel.starts.length, 1);
  kernel.room = 2;
  kernel.run();
  assert.deepEqual(
    kernel.starts.map(({ env }) => env[0]),
    ['REMOTE_HOST=192.0.2.1', 'REMOTE_HOST=192.0.2.2', 'REMOTE_HOST=192.0.2.3'],
  );
});

test('without descriptors accepting rests, once said, and goes on when a server ends', () => {
  const { kernel, clock, messages } = startFake([{}]);
  kernel.connect('192.0.2.7');
  const { watch } = kernel.socket();
  kernel.emit({ kind: 'accept-failed', watch, code: 'EMFILE' });
  assert.equal(kernel.socket().armed, false);
  kernel.exit(kernel.run());
  assert.equal(kernel.socket().armed, true);
  kernel.emit({ kind: 'accept-failed', watch, code: 'EMFILE' });
  clock.advance(1000);
  assert.equal(kernel.socket().armed, true, 'tried again though no server ended');
  clock.advance(1000);
  assert.deepEqual(
    messages.filter((message) => !message.startsWith('DEBUG') && !message.startsWith('INFO')),
    [
      'ERROR: accept: Too many open files (errno = 24): clients wait until servers end',
      'NOTICE: accepting connections again',
    ],
  );
  assert.equal(clock.pending, 0);
});

test('counters are back at zero after thousands of connections', () => {
  const { kernel, supervisor } = startFake([{ perSource: 100_000, instances: 100_000 }]);
  const starts = 5000;
  const pids = Array.from({ length: starts }, (_, client) => {
    kernel.connect(`10.0.${client >> 8}.${client & 255}`);
    return kernel.run(kernel.starts.at(-1));
  });
  assert.equal(supervisor.instances, starts);
  for (const pid of pids) kernel.exit(pid);
  assert.equal(supervisor.instances, 0);
  assert.equal(supervisor.services[0]?.running, 0);
});

test('control characters of a configuration do not reach the log', () => {
  const { kernel, serviceLog } = startFake([{ ...logged, id: 'evil\nSTART: sshd' }]);
  kernel.connect('192.0.2.7');
  const pid = kernel.run();
  assert.deepEqual(serviceLog, [`START: evil\\x0aSTART: sshd pid=${pid} from=192.0.2.7`]);
});
