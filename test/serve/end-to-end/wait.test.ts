import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askDatagrams, sendDatagram, talk } from '../support/clients.ts';
import { compileServer } from '../support/compile.ts';
import { startServe, withoutServe } from '../support/serve-process.ts';
import { type EntryText, entry } from '../support/service-text.ts';

const skip = withoutServe();
const args = ['--service-log', 'stderr'];
const datagrams: EntryText = { socket_type: 'dgram', protocol: 'udp', wait: 'yes', cps: '0 0' };

test('dgram: every datagram is answered though each server reads one', { skip }, async (t) => {
  const server = compileServer(t, 'datagram-server');
  const serve = await startServe(t, { args, config: entry('udp', { ...datagrams, server }) });
  const messages = Array.from({ length: 30 }, (_, at) => `message ${at}`);
  const answers = await askDatagrams(await serve.port('udp'), messages);
  assert.deepEqual(
    answers,
    messages.map((message) => message.toUpperCase()),
  );
  await serve.waitFor(/START: udp pid=\d+ from=127\.0\.0\.1/);
});

test('dgram: a refused sender costs his datagram only', { skip }, async (t) => {
  const server = compileServer(t, 'datagram-server');
  const serve = await startServe(t, {
    args,
    config:
      entry('closed', { ...datagrams, server, only_from: '10.0.0.0/8' }) +
      entry('open', { ...datagrams, server }),
  });
  await sendDatagram(await serve.port('closed'), 'hello');
  await serve.waitFor(/FAIL: closed address from=127\.0\.0\.1/);
  assert.deepEqual(await askDatagrams(await serve.port('open'), ['hello']), ['HELLO']);
});

test('stream: a server that accepts gets the listening socket again and again', { skip }, async (t) => {
  const server = compileServer(t, 'stream-server');
  const serve = await startServe(t, {
    args,
    config: entry('accepts', { server, server_args: 2, wait: 'yes', cps: '0 0' }),
  });
  const port = await serve.port('accepts');
  for (let client = 0; client < 6; client++) assert.equal(await talk(port), 'hello\n');
  await serve.waitFor(/START: accepts pid=\d+ from=<no address>/);
});

test('stream: a server that never accepts does not make the daemon loop', { skip }, async (t) => {
  const serve = await startServe(t, {
    args,
    config: entry('idle', { server: '/bin/true', wait: 'yes', cps: '0 0' }),
  });
  const port = await serve.port('idle');
  void talk(port);
  await serve.waitFor(/service idle: rests for 400 ms/);
  const starts = serve.output.match(/START: idle/g) ?? [];
  assert.ok(starts.length < 20, `${starts.length} starts`);
});

test('stream: nor does one that takes its time to accept nobody', { skip }, async (t) => {
  const serve = await startServe(t, {
    args,
    config: entry('slow', { server: '/bin/sleep', server_args: 1.1, wait: 'yes', cps: '0 0' }),
  });
  void talk(await serve.port('slow'));
  await serve.waitFor(/service slow: rests for 200 ms: its servers leave their work undone/);
});

test('stream: a server for each of many clients at once is never held up', { skip }, async (t) => {
  const server = compileServer(t, 'stream-server');
  const serve = await startServe(t, {
    args,
    config: entry('one', { server, server_args: 1, wait: 'yes', cps: '0 0' }),
  });
  const port = await serve.port('one');
  const answers = await Promise.all(Array.from({ length: 60 }, () => talk(port)));
  assert.deepEqual(new Set(answers), new Set(['hello\n']));
  assert.doesNotMatch(serve.output, /rests/);
});
