import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Addon } from '../../../src/native/addon.ts';
import { Syslog } from '../../../src/serve/log/syslog.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MemorySink } from '../support/runtime.ts';

function fakeSyslog(answer: () => string | null) {
  const sent: string[] = [];
  const calls: Partial<Addon> = {
    openLocalDatagram: () => 5,
    sendLocal: (_fd, path, data) => {
      assert.equal(path, '/dev/log');
      const failure = answer();
      if (failure === null) sent.push(Buffer.from(data).toString());
      return failure;
    },
  };
  const clock = new FakeClock();
  const fallback = new MemorySink();
  const troubles: string[] = [];
  const trouble = (message: string): void => {
    troubles.push(message);
  };
  const syslog = new Syslog({ addon: calls as Addon, clock, ident: 'xinetd', trouble, fallback });
  return { syslog, clock, sent, fallback, troubles };
}

test('priority, time, name and process stand in front of the line', () => {
  const { syslog, sent } = fakeSyslog(() => null);
  syslog.sink('AUTHPRIV', 'warning').write('START: x');
  assert.deepEqual(sent, [`<84>Nov  3 09:05:00 xinetd[${process.pid}]: START: x`]);
});

test('a syslogd that is behind gets its lines later, in order', () => {
  let busy = true;
  const { syslog, clock, sent } = fakeSyslog(() => (busy ? 'EAGAIN' : null));
  for (let line = 0; line < 5; line++) syslog.send('daemon', 'info', `line ${line}`);
  busy = false;
  clock.advance(100);
  assert.deepEqual(
    sent.map((datagram) => datagram.slice(-1)),
    ['0', '1', '2', '3', '4'],
  );
  assert.equal(clock.pending, 0);
});

test('the queue for a syslogd that stands still is bounded, and what is lost is counted', () => {
  let busy = true;
  const { syslog, clock, sent, troubles } = fakeSyslog(() => (busy ? 'EAGAIN' : null));
  for (let line = 0; line < 1500; line++) syslog.send('daemon', 'info', 'x');
  busy = false;
  clock.advance(100);
  assert.equal(sent.length, 1000);
  assert.match(troubles.join('\n'), /^500 lines for syslog were lost/);
});

test('without a syslogd the lines go elsewhere, which is said once', () => {
  const { syslog, fallback, troubles } = fakeSyslog(() => 'ENOENT');
  syslog.send('daemon', 'info', 'one');
  syslog.send('daemon', 'info', 'two');
  assert.deepEqual(fallback.lines, ['one', 'two']);
  assert.equal(troubles.length, 1);
});
