import type { Attribute, BlockEntry, Word } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';
import type { RuleHandlers } from '../../rule.ts';

/** Handlers of a rule that looks at the single words of `only_from` and `no_access`. */
export function eachAddress(
  look: (word: Word, attribute: Attribute, entry: BlockEntry) => void,
): RuleHandlers {
  return {
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || !isAccessList(attribute)) return;
      // A comma between items is a matter of its own.
      for (const word of meantValues(attribute)) if (!hasStrayComma(word.text)) look(word, attribute, entry);
    },
  };
}

/** One to four numbers with points between or behind them: what is wrong with it is a matter of its numbers. */
export function isNumeric(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){0,3}\.?(?:\/[-+\d].*)?$/.test(text);
}

export function isAccessList({ key }: Attribute): boolean {
  return key === 'only_from' || key === 'no_access';
}

function hasStrayComma(text: string): boolean {
  return text.replace(/\{[^{}]*\}?/g, '').includes(',');
}

/** Replaces one word by others. */
export function rewrite(word: Word, text: string) {
  return {
    description: `Write '${text}'`,
    edits: [{ start: word.start, end: word.end, text }],
  };
}

/** What it means for the list that a word of it matches nobody, or other clients than it says. */
export function missedClients(attribute: Attribute): string {
  return refuses(attribute) ? 'the clients that it means get in' : 'the clients that it means are refused';
}

/** What it means for the list that a word of it matches everybody. */
export function allClients(attribute: Attribute): string {
  return refuses(attribute) ? 'everybody is refused' : 'everybody gets in';
}

/** `-=` takes clients out of a list, which is the opposite. */
function refuses({ key, operator }: Attribute): boolean {
  return (key === 'no_access') !== (operator?.operator === 'remove');
}
