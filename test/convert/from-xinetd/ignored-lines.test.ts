import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../../src/commands/main.ts';
import { fakeIo } from '../../support/fake-io.ts';

/** What is said of the first line in an entry (line 3), to both targets. */
async function saidOf(line: string, ...others: readonly string[]): Promise<string> {
  const basic = ['socket_type = stream', 'wait = no', 'user = root', 'server = /usr/sbin/x'];
  const entry = ['service ftp', '{', line, ...others, ...basic, '}', ''].join('\n');
  return await textAt(entry, 3);
}

async function textAt(input: string, line: number): Promise<string> {
  const texts: string[] = [];
  for (const target of ['inetd', 'systemd']) {
    const io = fakeIo({ input });
    const status = await main(['convert', '--from=xinetd', `--to=${target}`, '--report=json'], io);
    const { diagnostics } = JSON.parse(io.err());
    const here = diagnostics.filter((each: { line: number }) => each.line === line);
    assert.equal(here.length, 1);
    assert.equal(here[0].level, 'W');
    assert.equal(status, 0);
    texts.push(here[0].text);
  }
  assert.equal(texts[0], texts[1]);
  return texts[0] ?? '';
}

const ignored = 'xinetd ignores the line';

test('a switch that is ignored leaves the service on, and the cause is named', async () => {
  assert.equal(
    await saidOf('disable = yes # old'),
    `attribute disable expects 1 values and 3 values were specified; a # behind a value begins no comment; ${ignored}, so ftp is on`,
  );
  assert.match(await saidOf('disable += yes'), /; xinetd ignores the line, so ftp is on$/);
  // Off is what is asked for, by another line; or on, as it is.
  assert.match(await saidOf('disable = yes # old', 'disable = yes'), /; xinetd ignores the line$/);
  assert.match(await saidOf('disable = no # new'), /; xinetd ignores the line$/);
});

test('a restriction that is ignored is missing, and what was meant is named', async () => {
  assert.match(
    await saidOf('bind = 10.9.9.1 # lan'),
    /no comment; xinetd ignores the line, so ftp runs without it$/,
  );
  assert.match(
    await saidOf('bind = a b', 'disable = yes'),
    /specified; xinetd .*, so ftp would run without it$/,
  );
  assert.equal(
    await saidOf('only_form = 10.0.0.1'),
    `bad service attribute: only_form (did you mean only_from?); ${ignored}, so ftp runs without it`,
  );
  assert.match(await saidOf('frobnicate = 1'), /: frobnicate; xinetd ignores the line$/);
  // What holds nobody back is not missed.
  assert.match(await saidOf('banner = /etc/a # b'), /no comment; xinetd ignores the line$/);
});

test('a second line gives way to the first, and defaults are for all', async () => {
  const entry = 'socket_type = stream\nwait = no\nuser = root\nserver = /usr/sbin/x\n}\n';
  assert.match(
    await textAt(`service ftp\n{\nbind = 10.0.0.1\nbind = 10.0.0.2\n${entry}`, 4),
    /; xinetd ignores the line, so the one above it counts$/,
  );
  assert.match(
    await textAt(`defaults\n{\nonly_form = 10.0.0.1\n}\nservice ftp\n{\n${entry}`, 3),
    /; xinetd ignores the line, so services run without it$/,
  );
});
