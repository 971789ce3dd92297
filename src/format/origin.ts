import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';

/** What printing needs to know about the text that a tree was read from. */
export interface Origin {
  /** The line end that belongs behind a node, with what must stay in front of it. */
  lineEndAfter(node: Range): string;
}

/** For trees that were made, not read. */
export const noOrigin: Origin = { lineEndAfter: () => '\n' };

/**
 * Line ends as they stand in the file. To xinetd and most inetds a CR is a part of the last word, and behind a blank it
 * is a word of its own, so taking it away (or the blank) would change what the line means. `lint --fix` repairs that.
 */
export function originOf(source: SourceText): Origin {
  const { text } = source;
  return {
    lineEndAfter(node) {
      let at = node.end;
      while (text[at] === ' ' || text[at] === '\t') at += 1;
      if (text[at] === '\r') return at > node.end ? ' \r\n' : '\r\n';
      // A line feed behind a CR that ends the file would make a line end out of a letter.
      return at === text.length && text[at - 1] === '\r' ? '' : '\n';
    },
  };
}
