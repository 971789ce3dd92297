import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolve } from '../../src/model/resolve.ts';
import { oracleFiles, oracleTables } from '../support/oracle-host.ts';
import { droppedIn, resolveText, serviceOf } from '../support/resolve-text.ts';

/* The profile `serve`: as documented, failing closed. What differs from the daemon by name is in quirks.test.ts. */

function entry(name: string, port: number, ...lines: readonly string[]): string {
  const basic = [
    'type = UNLISTED',
    'socket_type = stream',
    'protocol = tcp',
    `port = ${port}`,
    'wait = no',
    'user = root',
    'server = /bin/cat',
  ];
  return `service ${name}\n{\n${[...basic, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

const defaults = (...lines: readonly string[]) =>
  `defaults\n{\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

test('a fault in an entry costs that entry, with every reason at its line', () => {
  const text = `${entry('one', 20001, 'only_form = 10.0.0.1', 'bind = 10.0.0.1 10.0.0.2', 'nice 5')}${entry('two', 20002)}`;
  const configuration = resolveText(text);
  assert.deepEqual(
    configuration.services.map(({ id }) => id),
    ['two'],
  );
  assert.deepEqual(droppedIn(configuration), {
    one: [
      "10: bad service attribute: only_form; did you mean 'only_from'?",
      '11: attribute bind expects 1 values and 2 values were specified',
      "12: 'nice' is not followed by '=', '+=' or '-='",
    ],
  });
  assert.equal(configuration.accepted, true);
});

test('a fault in defaults closes the services that would have taken the attribute from there', () => {
  const text = `${defaults('only_from = nobody.knows.invalid')}${entry('one', 20001)}${entry(
    'two',
    20002,
    'only_from = 10.0.0.1',
  )}${entry('three', 20003, 'only_from += 10.0.0.1')}`;
  const configuration = resolveText(text);
  assert.deepEqual(
    configuration.services.map(({ id }) => id),
    ['two'],
  );
  assert.deepEqual(droppedIn(configuration), {
    one: ['3: failed to parse nobody.knows.invalid'],
    three: ['3: failed to parse nobody.knows.invalid'],
  });
});

test('what nobody can read in defaults closes all; what holds nobody back is passed over', () => {
  const unknown = resolveText(
    `${defaults('only_form = 10.0.0.1')}${entry('one', 20001, 'only_from = 10.0.0.1')}`,
  );
  assert.deepEqual(unknown.services, []);
  const syntax = resolveText(`${defaults('instances 5')}${entry('one', 20001)}`);
  assert.deepEqual(syntax.services, []);
  const harmless = resolveText(`${defaults('nice = 5')}${entry('one', 20001)}`);
  assert.deepEqual(
    harmless.services.map(({ id }) => id),
    ['one'],
  );
  assert.equal(harmless.diagnostics[0]?.severity, 'WARNING');
});

test('a restriction outside of entries belongs to the entry above, or to all when defaults may be meant', () => {
  const early = entry('one', 20001).replace(/}\n$/, '}\n\tonly_from = 10.0.0.1\n}\n');
  assert.deepEqual(
    resolveText(early + entry('two', 20002)).services.map(({ id }) => id),
    ['two'],
  );
  const misspelt = `default\n{\n\tonly_from = 10.0.0.1\n}\n${entry('one', 20001)}`;
  assert.deepEqual(resolveText(misspelt).services, []);
  const service = `servce two\n{\n\tonly_from = 10.0.0.1\n}\n${entry('one', 20001)}`;
  assert.deepEqual(
    resolveText(service).services.map(({ id }) => id),
    ['one'],
  );
});

test('defaults of included files count for entries of all files', () => {
  const text = `${entry('one', 20001)}include later\n`;
  const configuration = resolveText(text, {
    files: {
      ...oracleFiles,
      read: (name) =>
        name === 'later' ? { bytes: Buffer.from(defaults('no_access = 10.0.0.1')) } : oracleFiles.read(name),
    },
  });
  const [item] = serviceOf(configuration, 'one').noAccess ?? [];
  assert.equal(item?.location?.source.path, 'later');
});

test('an entry that is switched off needs to be right only for a conversion', () => {
  const text = `${entry('one', 20001, 'disable = yes', 'instances = 4')}${entry('two', 20002, 'disable = yes', 'nonsense = 1')}${entry('three', 20003)}`;
  for (const profile of ['serve', 'xinetd-2.3.15.3'] as const) {
    const { dropped, diagnostics } = resolveText(text, { profile });
    assert.deepEqual(
      dropped.map(({ id, cause, whenEnabled }) => [id, cause, whenEnabled?.instances ?? null]),
      [
        ['one', 'disabled', 4],
        ['two', 'disabled', null],
      ],
    );
    assert.deepEqual(diagnostics, []);
  }
});

test('a stream service whose server accepts by itself cannot keep what restricts its clients', () => {
  const restrictions = [
    'no_access = 10.0.0.1',
    'access_times = 08:00-18:00',
    'max_load = 2',
    'per_source = 1',
  ];
  const own = entry('one', 20001, ...restrictions).replace('wait = no', 'wait = yes');
  const free = entry('two', 20002, 'cps = 5 5', 'instances = 1').replace('wait = no', 'wait = yes');
  const why = 'the server of a stream service with wait = yes accepts its clients itself, they cannot be';
  const { services, dropped } = resolveText(own + free);
  assert.deepEqual(
    services.map(({ id }) => id),
    ['two'],
  );
  assert.deepEqual(
    dropped[0]?.reasons.map(({ message, line }) => `${line}: ${message}`),
    [
      `10: no_access: ${why} checked`,
      `11: access_times: ${why} turned away while it runs`,
      `12: max_load: ${why} turned away while it runs`,
      `13: per_source: ${why} counted`,
    ],
  );
  assert.deepEqual(droppedIn(resolveText(defaults('max_load = 2') + free)), {
    two: [`3: max_load: ${why} turned away while it runs`],
  });
  const inetd = resolveText('ftp stream tcp wait/0/60/5 root /bin/cat cat\n', {
    format: 'inetd',
    dialect: 'freebsd',
  });
  assert.deepEqual(droppedIn(inetd), {
    ftp: [`1: per_source: ${why} counted`, `1: max_per_minute_per_source: ${why} counted`],
  });
});

test('lists of ids switch off with the operators they are written with', () => {
  const text = `${defaults('enabled = one two', 'enabled -= two')}${entry('one', 20001)}${entry('two', 20002)}`;
  const { services, dropped } = resolveText(text);
  assert.deepEqual(
    services.map(({ id }) => id),
    ['one'],
  );
  assert.deepEqual(
    dropped.map(({ id, cause }) => [id, cause]),
    [['two', 'disabled']],
  );
});

test('two services for one socket: the second does not run, and says for which', () => {
  const text = `${entry('one', 20001, 'bind = 127.0.0.1')}${entry('two', 20001)}${entry('three', 20001, 'bind = 127.0.0.2')}`;
  const configuration = resolveText(text);
  assert.deepEqual(
    configuration.services.map(({ id }) => id),
    ['one', 'three'],
  );
  assert.match(
    droppedIn(configuration).two?.[0] ?? '',
    /^12: service: two .* service: one id: one - DISABLING$/,
  );
});

test('places are known to the word', () => {
  const text = entry('one', 20001, 'only_from = 10.0.0.1 10.0.0.300');
  const [diagnostic] = resolveText(text).diagnostics;
  const { source, range } = diagnostic?.location ?? assert.fail('no place');
  assert.equal(source.slice(range), '10.0.0.300');
});

test('a main file that cannot be read is said with the reason', () => {
  const reasons = (['exhausted', 'denied', 'directory'] as const).map((error) => {
    const files = { ...oracleFiles, read: () => ({ error }) };
    return resolve('/etc/x.conf', { profile: 'serve', tables: oracleTables(), files }).diagnostics[0]
      ?.message;
  });
  assert.deepEqual(reasons, [
    'open( /etc/x.conf ) failed: Too many open files (errno = 24)',
    'open( /etc/x.conf ) failed: Permission denied (errno = 13)',
    'open( /etc/x.conf ) failed: Is a directory (errno = 21)',
  ]);
});
