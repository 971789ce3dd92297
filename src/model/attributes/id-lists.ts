import { lowerAscii } from '../../text/lower-ascii.ts';
import type { ValueReader } from './assignment.ts';

/** `enabled` and `disabled`: the daemon adds whatever the operator says. */
function idListReader(field: 'enabled' | 'disabled'): ValueReader {
  return ({ draft, line, context }) => {
    const words = line.values.map((word) => word.text);
    const before = draft.values[field] ?? [];
    if (line.operator === 'remove' && !context.quirks.has('operator-ignored')) {
      const removed = new Set(words.map((word) => lowerAscii(word)));
      draft.values[field] = before.filter((id) => !removed.has(lowerAscii(id)));
    } else draft.values[field] = [...before, ...words];
    return true;
  };
}

export const readEnabled = idListReader('enabled');
export const readDisabled = idListReader('disabled');
