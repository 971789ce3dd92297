import { isSamePattern } from '../addresses/pattern.ts';
import { readAddressWord } from '../addresses/word.ts';
import { ownList } from '../own-list.ts';
import type { AccessItem } from '../service.ts';
import { type Assignment, reject, remark, type ValueReader } from './assignment.ts';

/**
 * `only_from` and `no_access`. A list that ends up empty stays a list and matches nobody. In a service `=` forgets
 * the inherited list, in `defaults` it adds.
 */
function accessListReader(field: 'onlyFrom' | 'noAccess'): ValueReader {
  return (assignment) => {
    const { draft, line } = assignment;
    const replaces = line.operator === 'set' && draft.section === 'service';
    const list = ownList(draft, (replaces ? null : draft.values[field]) ?? []);
    const isTaken = line.values.every((word) => changeList(list, assignment, word));
    draft.values[field] = list;
    return isTaken;
  };
}

function changeList(
  list: AccessItem[],
  assignment: Assignment,
  word: Assignment['line']['values'][number],
): boolean {
  const { context, line } = assignment;
  const { source } = line.place.location;
  if (word.text.includes(',') && !word.text.includes('{')) {
    const message = `Address: ${word.text} has a comma in it - remove the comma`;
    return reject(assignment, 'address-comma', message, word);
  }
  const read = readAddressWord(word.text, context.tables, context.quirks);
  if ('bad' in read) {
    remark(assignment, 'ERROR', 'bad-address', read.bad, word);
    return reject(assignment, 'address-not-added', `Failed adding: ${word.text}`, word);
  }
  if ('unknown' in read) {
    const message = `failed to parse ${word.text}`;
    if (!context.quirks.has('unknown-addresses-dropped')) {
      return reject(assignment, 'unknown-address', message, word);
    }
    remark(assignment, 'ERROR', 'unknown-address', message, word);
    return true;
  }
  for (const pattern of read.patterns) {
    if (line.operator === 'remove') removeAll(list, pattern);
    else list.push({ pattern, location: { source, range: { start: word.start, end: word.end } } });
  }
  return true;
}

function removeAll(list: AccessItem[], pattern: AccessItem['pattern']): void {
  let kept = 0;
  for (const item of list) if (!isSamePattern(item.pattern, pattern)) list[kept++] = item;
  list.length = kept;
}

export const readOnlyFrom = accessListReader('onlyFrom');
export const readNoAccess = accessListReader('noAccess');
