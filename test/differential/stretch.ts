import type { Random } from './random.ts';

const blockSize = 8192;

/** Fills a line up to where the daemon has no room for more, give or take some bytes. */
export function stretchLine(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  const offset = lines.slice(0, at).join('\n').length + (at === 0 ? 0 : 1);
  const inBlock = offset % blockSize;
  const room = (inBlock === 0 ? blockSize : 2 * blockSize - inBlock) + random.pick([0, 0, 0, blockSize]);
  const missing = Math.max(0, room - line.length - 3 + random.below(12));
  // Before the last word the end of the line is what gets lost, at its end the word that fills it.
  const gap = line.search(/[ \t][^ \t]*$/);
  lines[at] =
    random.chance(0.6) && gap !== -1
      ? `${line.slice(0, gap)}${' '.repeat(missing)}${line.slice(gap)}`
      : `${line}${random.pick(['x', ' ', ' x', '0', 'a.']).repeat(missing).slice(0, missing)}`;
  return lines.join('\n');
}

/** Makes a word about as long as the longest message of the daemon's log. */
export function lengthenWord(text: string, random: Random): string {
  const words = [...text.matchAll(/[^\s{}=]+/g)];
  if (words.length === 0) return text;
  const { 0: word, index } = random.pick(words);
  const filling = random.pick(['y', '.y', '1', 'y/', '-']).repeat(2100);
  const long = `${random.pick([word, '', '.'])}${filling}`.slice(0, 1900 + random.below(200));
  return `${text.slice(0, index)}${long}${text.slice(index + word.length)}`;
}
