import type { Comment, DisabledMark, LineEntry } from '../../ast/nodes.ts';
import type { DialectChoice } from '../../catalog/inetd-dialects.ts';
import type { SourceText } from '../../text/source-text.ts';
import { rulesOf } from './dialects.ts';
import { EntryContext, InetdLine } from './line-entry.ts';
import { wordsPart } from './lines.ts';
import { isSocketTypeWord } from './socket-type.ts';
import { startsAsWaitWord } from './wait-word.ts';

/** Fewer words are prose, whatever they are. */
const leastWords = 6;

/**
 * The entry that somebody switched off by a `#` in front of it, or null where the comment is prose. In the tree it is a comment:
 * no tool may switch it on. The table header of shipped files fails the test by its second word, `<sock_type>`.
 */
export function disabledEntryIn(
  comment: Comment,
  source: SourceText,
  dialect: DialectChoice = 'auto',
): LineEntry | null {
  const [marker = ''] = /^#[# \t]*/.exec(comment.text) ?? [];
  const rules = rulesOf(dialect);
  const start = comment.start + marker.length;
  const { end } = wordsPart(source.text, comment, rules);
  if (marker === '' || start >= end) return null;
  const disabled: DisabledMark = { style: 'comment', marker, start: comment.start, end: start, leaf: null };
  const context = new EntryContext(source.text, rules);
  const entry = new InetdLine(context, { start, end }, null, disabled);
  const { fields } = entry;
  const isEntry =
    fields.length >= leastWords &&
    isSocketTypeWord(fields[1]?.text ?? '') &&
    startsAsWaitWord(fields[3]?.text ?? '');
  return isEntry ? entry : null;
}
