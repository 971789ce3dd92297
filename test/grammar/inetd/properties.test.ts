import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { restore } from '../../../src/ast/restore.ts';
import { type DialectChoice, dialects } from '../../../src/catalog/inetd-dialects.ts';
import { detectDialect } from '../../../src/grammar/inetd/detect-dialect.ts';
import { neutralFile } from '../../../src/grammar/inetd/neutral.ts';
import { parseInetd } from '../../../src/grammar/inetd/parse.ts';
import { isWellKnownService } from '../../../src/grammar/inetd/service-names.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { inetdText } from '../../support/arbitrary-text.ts';

const dialect = fc.constantFrom<DialectChoice>('auto', ...dialects);

/** Reads everything there is to read. */
function readAll(source: SourceText, choice: DialectChoice): void {
  const parsed = parseInetd(source, { dialect: choice });
  assert.equal(restore(parsed.file, source), source.text);
  for (const node of parsed.file.children) {
    if (node.type !== 'Entry') continue;
    for (const { start, end, values } of node.attributes) {
      assert.ok(node.start <= start && start <= end && end <= node.end, 'an attribute leaves its entry');
      for (const value of values)
        assert.ok(start <= value.start && value.end <= end, 'a value leaves its attribute');
    }
    for (const { start, end } of node.problems)
      assert.ok(node.start <= start && start <= end && end <= node.end);
  }
  neutralFile(parsed, { isKnownService: isWellKnownService });
  detectDialect(parsed);
}

test('property: in no dialect is text lost, a range wrong or anything thrown', () => {
  fc.assert(
    fc.property(inetdText, dialect, (text, choice) => readAll(new SourceText('inetd.conf', text), choice)),
    { numRuns: 2000 },
  );
});

test('property: the same for any bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(bytes, dialect, (each, choice) =>
      readAll(SourceText.fromBytes('inetd.conf', Buffer.from(each)), choice),
    ),
    { numRuns: 1000 },
  );
});

const fields = 'stream tcp nowait root /bin/x ';
const heads = ['', `x ${fields}`, 'x on a = '];
const tails = ['', ` ${fields}`];
/** What invites looking far ahead, going back, or counting on. */
const repeated = [
  ...['a', ' ', '\n', '\r\n', '\0', '"', "'", '\\\n', ':', ',', '#', '-', 'a on ', 'a: a on ', 'nowait/1'],
  ...[' #\n', ' a\n', ' \n', 'a\n \n', 'a\n #\n', 'a on\n', 'a on #\n', 'a on b=', 'a on b=c;', 'a on b="\\'],
  ...['#<off># a\n', '#:A:  ', `a ${fields}\n`, ` a ${fields}\n`],
];

/** Microseconds of CPU that reading a text of about this length takes. */
function cost(head: string, piece: string, tail: string, length: number): number {
  const source = new SourceText('inetd.conf', head + piece.repeat(length / piece.length) + tail);
  const before = process.cpuUsage();
  readAll(source, 'auto');
  return process.cpuUsage(before).user;
}

test('a megabyte on a line is read', () => {
  for (const piece of ['a', 'a ', '"', 'a,', ':']) cost(`x ${fields}`, piece, '', 2 ** 20);
});

test('twice the text takes about twice the time, whatever is repeated', () => {
  const length = 2 ** 13;
  const slowest = heads.flatMap((head) =>
    repeated.flatMap((piece) =>
      tails.map((tail) => ({ head, piece, tail, time: cost(head, piece, tail, length) })),
    ),
  );
  slowest.sort((a, b) => b.time - a.time);
  for (const { head, piece, tail } of slowest.slice(0, 6)) {
    const growth = () => cost(head, piece, tail, length * 8) / Math.max(1, cost(head, piece, tail, length));
    // What else the machine does, and when memory is collected, only ever adds to the one or the other.
    const factor = Math.min(growth(), growth(), growth());
    // Eight where time is linear, 64 where it is quadratic; the machine may be busy.
    assert.ok(factor < 32, `${JSON.stringify([head, piece, tail])} takes ${factor} times as long`);
  }
});
