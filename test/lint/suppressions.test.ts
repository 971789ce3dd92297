import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintTree } from '../../src/lint/lint.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { applyEdits } from '../../src/text/text-edit.ts';
import { places } from './support/lint-text.ts';
import { memoryFiles } from './support/memory-files.ts';

const names = [
  'syntax/unknown-attribute',
  'syntax/trailing-comment',
  'syntax/shell-syntax',
  'meta/unused-suppression',
  'meta/invalid-suppression',
] as const;
const rules = (await loadRules(names)).map((rule) => ({ rule }));

function treeOf(text: string) {
  return readTree(new SourceText('x', text), { files: memoryFiles({}), cwd: '/', follow: false });
}

/** The text after the safe fixes of one pass. */
function withSafeFixes(text: string): string {
  const fixes = lintTree(treeOf(text), { rulesFor: () => rules }).flatMap(({ fix }) => fix ?? []);
  return applyEdits(
    text,
    fixes.filter(({ safety }) => safety === 'safe').flatMap(({ edits }) => edits),
  );
}

function lint(text: string, options: { locked?: string[]; honoursDirectives?: boolean } = {}): string[] {
  return places(lintTree(treeOf(text), { rulesFor: () => rules, ...options }));
}

const entry = (...lines: string[]) => `service a\n{\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

test('an ignore silences the next line that is neither comment nor blank', () => {
  const text = entry(
    '# xcfg: ignore[syntax/unknown-attribute] -- a local one',
    '# a comment',
    '',
    'colour = red',
    'taste = sour',
  );
  assert.deepEqual(lint(text), ['7:2 syntax/unknown-attribute']);
});

test('in front of a header it silences the whole entry', () => {
  const text = `# xcfg: ignore[syntax/*]\n${entry('colour = red', 'taste = sour')}${entry('colour = red')}`;
  assert.deepEqual(lint(text), ['9:2 syntax/unknown-attribute']);
});

test('disable holds until enable, or to the end', () => {
  const text = `# xcfg: disable[syntax/unknown-attribute]\n${entry('colour = red')}# xcfg: enable[syntax/unknown-attribute]\n${entry('colour = red')}`;
  assert.deepEqual(lint(text), ['9:2 syntax/unknown-attribute']);
  assert.deepEqual(lint(`# xcfg: disable[syntax/unknown-attribute]\n${entry('colour = red')}`), []);
});

test('file-ignore is for the whole file, and stands before the first entry', () => {
  assert.deepEqual(lint(`# xcfg: file-ignore[syntax/*] -- vendor file\n${entry('colour = red')}`), []);
  const late = `${entry('colour = red')}# xcfg: file-ignore[syntax/*]\n`;
  assert.deepEqual(lint(late), ['5:1 meta/invalid-suppression']);
});

test('what silences nothing is reported, also a part of a list', () => {
  assert.deepEqual(lint(`# xcfg: ignore[syntax/unknown-attribute]\n${entry('port = 1')}`), [
    '1:1 meta/unused-suppression',
  ]);
  const text = `# xcfg: ignore[syntax/unknown-attribute, syntax/trailing-comment]\n${entry('colour = red')}`;
  assert.deepEqual(lint(text), ['1:42 meta/unused-suppression']);
});

test('what silences nothing is taken out, and no entry of inetd.conf is changed by that', () => {
  const line = 'www stream tcp nowait nobody /usr/libexec/web web *.txt\n';
  for (const [list, left] of [
    ['syntax/unknown-attribute, syntax/shell-syntax', 'syntax/shell-syntax'],
    ['syntax/shell-syntax,syntax/unknown-attribute', 'syntax/shell-syntax'],
    ['syntax/trailing-comment syntax/unknown-attribute, syntax/*', 'syntax/*'],
    ['syntax/*, syntax/trailing-comment, syntax/unknown-attribute', 'syntax/*'],
  ]) {
    assert.equal(
      withSafeFixes(`# xcfg: ignore[${list}] -- globs\n${line}`),
      `# xcfg: ignore[${left}] -- globs\n${line}`,
    );
  }
  assert.equal(withSafeFixes(`# xcfg: ignore[syntax/unknown-attribute]\n${line}`), line);
  // Without the comment the second line would go on with the first.
  const indented = `${line}# xcfg: ignore[syntax/unknown-attribute]\n more\n`;
  assert.equal(withSafeFixes(indented), indented);
});

test('a rule that is not active is not called unused', () => {
  assert.deepEqual(lint(`# xcfg: ignore[security/run-as-root] -- needs it\n${entry('user = root')}`), []);
});

test('directives that cannot be right are reported', () => {
  assert.deepEqual(lint('# xcfg: ignore\n'), ['1:1 meta/invalid-suppression']);
  assert.deepEqual(lint('# xcfg: ignroe[syntax/*]\n'), ['1:1 meta/invalid-suppression']);
  assert.deepEqual(lint(`# xcfg: ignore[syntax/unknown-atribute]\n${entry('colour = red')}`), [
    '1:16 meta/invalid-suppression',
    '4:2 syntax/unknown-attribute',
  ]);
  assert.deepEqual(lint('# xcfg: enable[syntax/*]\n'), ['1:1 meta/invalid-suppression']);
  assert.deepEqual(lint('# xcfg: ignore[syntax/*]\n'), ['1:1 meta/invalid-suppression']);
});

test('behind a value it is a part of the value, and that is said once', () => {
  assert.deepEqual(lint(entry('user = root # xcfg: ignore[syntax/*]')), ['3:14 meta/invalid-suppression']);
});

test('locked rules and meta rules cannot be silenced, and comments can be left out of account', () => {
  const text = `# xcfg: ignore[syntax/unknown-attribute]\n${entry('colour = red')}`;
  assert.deepEqual(lint(text, { locked: ['syntax/*'] }), [
    '1:1 meta/unused-suppression',
    '4:2 syntax/unknown-attribute',
  ]);
  assert.deepEqual(lint(text, { honoursDirectives: false }), ['4:2 syntax/unknown-attribute']);
  assert.deepEqual(lint('# xcfg: file-ignore[meta/*]\n# xcfg: ignore\n'), [
    '1:1 meta/unused-suppression',
    '2:1 meta/invalid-suppression',
  ]);
});

test('an entry of inetd.conf is silenced by the comment above it', () => {
  const line = 'www stream tcp nowait nobody /usr/libexec/web web *.txt\n';
  assert.deepEqual(lint(`# xcfg: ignore[syntax/shell-syntax]\n${line}`), []);
  assert.deepEqual(lint(`${line}# xcfg: ignore[syntax/shell-syntax]\n${line}`), ['1:51 syntax/shell-syntax']);
});

test('what lacks nothing but the colon is no comment to pass over', () => {
  const meant = [
    '# xcfg ignore[syntax/unknown-attribute] -- a local one',
    '#xcfg ignore',
    '# xcfg : ignore[syntax/unknown-attribute]',
    '# xcfg-ignore [syntax/*]',
    '## XCFG ingore[syntax/unknown-attribute]',
    '# xcfg disable syntax/unknown-attribute',
    '# xcfg file-ignore',
  ];
  for (const comment of meant) {
    assert.deepEqual(
      lint(`${comment}\n${entry('colour = red')}`),
      ['1:1 meta/invalid-suppression', '4:2 syntax/unknown-attribute'],
      comment,
    );
    assert.deepEqual(lint(entry(comment)), ['3:2 meta/invalid-suppression'], comment);
  }
});

test('prose about the program is prose', () => {
  const prose = [
    '# xcfg ignores this file',
    '# checked with xcfg ignore[syntax/unknown-attribute] in mind',
    '# xcfg disable ftp/telnet here when the new host is there',
    '# xcfg is run by the pipeline [ask Eve]',
    '# xcfg lint',
    '# xcfg',
    '# xcfgignore',
  ];
  for (const comment of prose) assert.deepEqual(lint(`${comment}\n${entry('wait = no')}`), [], comment);
});
