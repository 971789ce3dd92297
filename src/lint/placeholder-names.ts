import type { Entry } from '../ast/nodes.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import { lineRange } from './line.ts';
import type { TreeFile } from './source-tree.ts';
import { opaqueIn } from './templates.ts';

/** What was made up for a placeholder and can be told from other words: fillers and ports. */
const madeUp = /x{2}|^[0-9]{5}$/;

/**
 * Gives texts about an entry of a template the placeholders back in place of what was made up for them: of one text that
 * stands for several, the name of the entry comes first, then what is on the line that the text is about.
 */
export function placeholderNames(
  { source, readable, opaque }: TreeFile,
  entry: Entry | undefined,
  at: Range,
): (text: string) => string {
  const names = new Map<string, string>();
  for (const range of [entry?.name, lineRange(source, at.start), entry]) {
    if (range == null) continue;
    for (const each of opaqueIn(opaque, range)) {
      const word = wholeWord(readable, each);
      const shown = readable.text.slice(word.start, word.end).trim();
      if (madeUp.test(shown) && !names.has(shown)) names.set(shown, source.text.slice(word.start, word.end));
    }
  }
  return (text) => [...names].reduce((result, [shown, name]) => replaceWord(result, shown, name), text);
}

/** A placeholder may be a part of a word. */
function wholeWord({ text }: SourceText, { start, end }: Range): Range {
  const before = /\S*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0;
  const behind = /^\S*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start: start - before, end: end + behind };
}

function replaceWord(text: string, word: string, by: string): string {
  const pattern = word.replace(/[^\w]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w/.-])${pattern}(?![\\w/.-])`, 'g'), () => by);
}
