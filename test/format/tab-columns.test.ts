import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeBehind, TabColumns } from '../../src/format/tab-columns.ts';

/** Lines whose cells stand nowhere yet. */
function layOut(...lines: string[]): readonly string[] {
  const columns = new TabColumns();
  for (const line of lines) columns.add(line.split(' '), []);
  return columns.lines();
}

/** Lines as they stand. */
function layOutAgain(...lines: string[]): readonly string[] {
  const columns = new TabColumns();
  for (const line of lines) {
    const words = [...line.matchAll(/[^ \t]+/g)];
    const places = words.map(({ index }) => placeBehind(line.slice(0, index)));
    columns.add(
      words.map(([word]) => word),
      places,
    );
  }
  return columns.lines();
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

test('no line is no line', () => {
  assert.deepEqual(new TabColumns().lines(), []);
});
