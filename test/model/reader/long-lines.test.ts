import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasOverlongLine } from '../../../src/format/line-limit.ts';
import { findCutLine } from '../../../src/lint/rules/syntax/line-limit.ts';
import { splitLongLines } from '../../../src/model/reader/long-lines.ts';
import { SourceText } from '../../../src/text/source-text.ts';

const source = (text: string) => new SourceText('main.conf', text);

test('the byte that fills the buffer is taken for the line end', () => {
  const front = '#\n';
  const line = `${'x'.repeat(16_381)}AB`;
  const { text, isCut, toOriginal } = splitLongLines(source(`${front}${line}\nrest\n`));
  assert.equal(isCut, true);
  assert.equal(text, `${front}${line.slice(0, -2)}\nB\nrest\n`);
  assert.equal(toOriginal(text.indexOf('rest')), front.length + line.length + 1);
});

test('a line that fills the buffer leaves an empty one behind', () => {
  const { text } = splitLongLines(source(`${'x'.repeat(8192)}\nrest`));
  assert.equal(text, `${'x'.repeat(8191)}\n\nrest`);
});

test('a cut through a character moves nothing behind it', () => {
  const whole = `${'x'.repeat(8191)}ä ende\n`;
  const { text, toOriginal } = splitLongLines(source(`${whole}rest\n`));
  assert.equal(toOriginal(text.indexOf('ende')), whole.indexOf('ende'));
});

for (const offset of [0, 2, 5000, 8191]) {
  test(`rule, formatter and model agree about a line from offset ${offset} of a block`, () => {
    const front = offset === 0 ? '' : `${'\n'.repeat(offset)}`;
    const room = offset === 0 ? 8192 : 16_384 - offset;
    for (const [length, isCut] of [
      [room - 1, false],
      [room, true],
      [room + 1, true],
    ] as const) {
      const text = source(`${front}${'x'.repeat(length)}\n`);
      assert.equal(splitLongLines(text).isCut, isCut, `${length} bytes`);
      assert.equal(findCutLine(text) !== undefined, isCut, `${length} bytes`);
      if (isCut) assert.ok(hasOverlongLine(text.text, text), `${length} bytes`);
    }
  });
}
