import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Analysis } from '../../src/lint/analysis.ts';
import { doesHarm } from '../../src/lint/harm.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { reachGrows } from '../../src/lint/reach.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from './support/memory-files.ts';

/* Whether a change is safe is found out with a part of the tree: the answer is that of the whole tree. */

const rules = (await loadRules())
  .filter(({ meta }) => meta.name === 'syntax/trailing-comment')
  .map((rule) => ({ rule }));

const name = fc.constantFrom('one', 'two', 'http', 'www', 'telnet', 'Three');
const line = fc.oneof(
  fc.constantFrom(1, 2, 23, 80).map((port) => `port = ${port}`),
  name.map((id) => `id = ${id}`),
  fc.constantFrom('bind = 192.0.2.1', 'bind = 0.0.0.0', 'flags = IPv4', 'flags = IPv6'),
  fc.constantFrom('disable = yes', 'disable = no', 'instances = many', 'colour = red'),
  fc.constantFrom(
    'type = UNLISTED',
    'type = RPC UNLISTED',
    'type = INTERNAL',
    'port = 0x17',
    '}',
    'service http',
    '{',
  ),
);
const service = fc.tuple(name, fc.array(line, { maxLength: 5 })).map(([word, lines]) => {
  const own = ['socket_type = stream', 'protocol = tcp', 'wait = no', 'user = nobody', 'server = /bin/cat'];
  return `service ${word}\n{\n${[...own, ...lines].map((each) => `\t${each}\n`).join('')}}\n`;
});
const dropIn = fc.oneof(
  { weight: 6, arbitrary: service },
  { weight: 2, arbitrary: fc.tuple(service, service).map((pair) => pair.join('')) },
  { weight: 1, arbitrary: name.map((word) => `defaults\n{\n\tenabled = ${word}\n}\n`) },
  { weight: 1, arbitrary: name.map((word) => `defaults\n{\n\tdisabled += ${word}\n}\n`) },
);

test('a part of the tree says the same of a change as all of it', () => {
  fc.assert(
    fc.property(
      fc.array(dropIn, { minLength: 2, maxLength: 7 }),
      dropIn,
      fc.nat(),
      (texts, changed, pick) => {
        const at = pick % texts.length;
        const before = treeOf(texts);
        const after = treeOf(texts.map((text, index) => (index === at ? changed : text)));
        const file = before.files.find(({ path }) => path === pathOf(at));
        assert.ok(file !== undefined);
        const analysis = new Analysis(before);
        const whole = { start: 0, end: file.source.text.length, text: changed };
        const change = analysis.change(file.source, [whole]);
        assert.ok(change !== undefined);
        // The names that entries give to ports are those of the tree before the change.
        const expected = reachGrows(analysis.configuration, new Analysis(after, analysis.host).configuration);
        assert.equal(reachGrows(change.before, change.after), expected);
      },
    ),
    { numRuns: 500 },
  );
});

const plainService = service.filter((text) => !/^\t(?:[{}]|service)/m.test(text));
const plain = fc.oneof(
  { weight: 8, arbitrary: plainService },
  { weight: 1, arbitrary: fc.constantFrom('# a comment\n', '\n', 'include /etc/xinetd.d/f1\n') },
  { weight: 1, arbitrary: name.map((word) => `defaults\n{\n\tdisabled += ${word}\n}\n`) },
);

test('a part of a file says the same of a change of one entry as all of it', () => {
  fc.assert(
    fc.property(
      fc.array(plain, { minLength: 9, maxLength: 14 }),
      dropIn,
      fc.nat(),
      fc.nat(),
      fc.oneof(line, fc.constantFrom('}', 'disable = yes # off', 'id = x y', '{')),
      (texts, other, pick, place, inserted) => {
        const text = texts.join('');
        const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
        const at = starts[pick % starts.length] ?? 0;
        const end = place % 2 === 0 ? at : (starts.find((start) => start > at) ?? at);
        const edit = { start: at, end, text: `\t${inserted}\n` };
        const before = treeOf([text, other]);
        const after = treeOf([text.slice(0, at) + edit.text + text.slice(end), other]);
        const [file] = before.files.filter(({ path }) => path === pathOf(0));
        assert.ok(file !== undefined);
        const analysis = new Analysis(before);
        const change = analysis.change(file.source, [edit]);
        assert.ok(change !== undefined);
        const expected = doesHarm(analysis.configuration, new Analysis(after, analysis.host).configuration);
        assert.equal(doesHarm(change.before, change.after), expected);
      },
    ),
    { numRuns: 500 },
  );
});

for (const [kind, head] of Object.entries({
  'no port': () => 'service web',
  'one port': (at: number) => `service s${at}\n{\n\tport = 8000\n\ttype = UNLISTED`,
  'one name': (at: number) => `service web\n{\n\tport = ${20_000 + at}\n\ttype = UNLISTED`,
  'one name and id': (at: number) => `service web\n{\n\tid = web\n\tport = ${20_000 + at}\n\ttype = UNLISTED`,
})) {
  test(`what it costs to judge fixes grows as the entries do, where all have ${kind}`, () => {
    const text = (count: number) =>
      Array.from({ length: count }, (_, at) => {
        const own = ['socket_type = stream', 'protocol = tcp', 'wait = no', 'user = nobody'];
        const lines = [...own, `server = /bin/s${at}`, 'only_from = 192.0.2.1 # us'];
        const start = head(at);
        return `${start}${start.includes('{') ? '' : '\n{'}\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
      });
    const inFile = (count: number) => lookups([text(count).join('')]);
    const inFolder = (count: number) => lookups(text(count));
    assert.ok(inFile(80) <= 4.5 * inFile(20), `${inFile(20)} and ${inFile(80)} accounts looked up`);
    assert.ok(inFolder(80) <= 4.5 * inFolder(20), `${inFolder(20)} and ${inFolder(80)} accounts looked up`);
  });
}

/** How often the model reads a line with an account while files are judged. */
function lookups(texts: readonly string[]): number {
  const tree = treeOf(texts);
  const plain = new Analysis(tree).host;
  let count = 0;
  const user = (word: string) => {
    count += 1;
    return plain.tables.user(word);
  };
  const found = lintTree(tree, {
    rulesFor: () => rules,
    host: { ...plain, tables: { ...plain.tables, user } },
  });
  assert.ok(found.length >= 20 && found.every(({ fix }) => fix?.safety === 'safe'));
  return count;
}

const pathOf = (at: number) => `/etc/xinetd.d/f${at}`;

function treeOf(texts: readonly string[]) {
  const files = memoryFiles(Object.fromEntries(texts.map((text, at) => [pathOf(at), text])));
  const main = new SourceText('/etc/xinetd.conf', 'includedir /etc/xinetd.d\n');
  return readTree(main, { files, cwd: '/', follow: true });
}
