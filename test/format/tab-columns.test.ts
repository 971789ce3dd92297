import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnBehind, tabColumns } from '../../src/format/tab-columns.ts';

/** Rows whose cells stand nowhere yet. */
function layOut(...lines: string[]): readonly string[] {
  return tabColumns(lines.map((line) => ({ cells: line.split(' '), columns: [] })));
}

/** Rows as they stand in lines with tabs. */
function layOutAgain(...lines: string[]): readonly string[] {
  return tabColumns(
    lines.map((line) => {
      const words = [...line.matchAll(/[^ \t]+/g)];
      return {
        cells: words.map(([word]) => word),
        columns: words.map(({ index }) => columnBehind(line.slice(0, index))),
      };
    }),
  );
}

test('a column begins at the first tab stop behind the longest cell before it', () => {
  assert.deepEqual(layOut('a b', 'seven77 b', 'eight888 b'), ['a\t\tb', 'seven77\t\tb', 'eight888\tb']);
});

test('the last cell of a row moves no column', () => {
  assert.deepEqual(layOut('a very-long-last-cell', 'a b c'), ['a\tvery-long-last-cell', 'a\tb\tc']);
});

test('a column that all rows have at one tab stop stays there', () => {
  const lines = ['ftp\t\tstream\ttcp', 'telnet\t\tstream\ttcp'];
  assert.deepEqual(layOutAgain(...lines), lines);
  assert.deepEqual(layOutAgain('ftp\t\tstream  tcp', 'telnet          dgram   udp'), [
    'ftp\t\tstream\ttcp',
    'telnet\t\tdgram\tudp',
  ]);
});

test('a column that rows have at different places, or beside a tab stop, is laid out anew', () => {
  assert.deepEqual(layOutAgain('ftp\t\tstream', 'telnet\tstream'), ['ftp\tstream', 'telnet\tstream']);
  assert.deepEqual(layOutAgain('ftp   stream', 'time  stream'), ['ftp\tstream', 'time\tstream']);
});

test('no rows are no lines', () => {
  assert.deepEqual(tabColumns([]), []);
});
