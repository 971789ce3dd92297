import type { Attribute } from '../../../ast/nodes.ts';
import { operatorText } from '../../../catalog/sections.ts';
import { isSamePattern } from '../../../model/addresses/pattern.ts';
import { readAddressWord } from '../../../model/addresses/word.ts';
import { allQuirks } from '../../../model/quirks.ts';
import type { AddressPattern } from '../../../model/service.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isAccessList } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/inherited-list-cleared',
    summary:
      'A service that replaces, empties or widens an access list of defaults, or removes what is not in it',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`no_access =` in a service drops the global deny list. `only_from -= 127.0.0.1` against an inherited 127.0.0.0/8 changes nothing: only what is literally in the list can be removed. `only_from =` with no value means nobody.',
    references: ['get_service_entry in parse.c; addrlist_op in addr.c'],
    examples: {
      bad: 'defaults\n{\n\tno_access = 192.0.2.7\n}\nservice web\n{\n\tno_access =\n\t...\n}',
      good: 'defaults\n{\n\tno_access = 192.0.2.7\n}\nservice web\n{\n\tno_access += 192.0.2.9\n\t...\n}',
    },
  },
  checkTree: ({ tree, analysis, report }) => {
    const inherited = new Map<string, readonly AddressPattern[]>();
    const read: ReadWord = (word) => {
      const found = readAddressWord(word, analysis.host.tables, allQuirks);
      return 'patterns' in found ? found.patterns : [];
    };
    for (const { source, entry } of tree.entries) {
      if (entry.syntax !== 'block') continue;
      const isDefaults = entry.kind === 'defaults';
      const lists = new Map(inherited);
      const outcomes = analysis.outcomes(entry, source);
      for (const [at, attribute] of entry.attributes.entries()) {
        if (!isAccessList(attribute) || outcomes[at] !== 'taken') continue;
        const items = lists.get(attribute.key) ?? [];
        const isInherited = !isDefaults && lists.get(attribute.key) === inherited.get(attribute.key);
        // What a drop-in inherits stands in the main file.
        const isKnown = !isInherited || !tree.isPartial;
        const finding =
          (isKnown ? withoutEffect(attribute, { items, isInherited, isDefaults, read }) : undefined) ??
          (isInherited && items.length > 0 ? change(attribute) : undefined);
        if (finding !== undefined) report({ source, ...finding });
        lists.set(attribute.key, itemsAfter(attribute, items, isDefaults, read));
      }
      if (isDefaults) for (const [key, items] of lists) inherited.set(key, items);
    }
  },
});

/** A list as it stands when a line of it is read. */
interface List {
  readonly items: readonly AddressPattern[];
  /** Whether all of it comes from `defaults`. */
  readonly isInherited: boolean;
  readonly isDefaults: boolean;
  readonly read: ReadWord;
}

/** The patterns of a word; none where it is none of the language. */
type ReadWord = (word: string) => readonly AddressPattern[];

/** In `defaults` every operator but `-=` adds. */
function itemsAfter(
  attribute: Attribute,
  items: readonly AddressPattern[],
  isDefaults: boolean,
  read: ReadWord,
): readonly AddressPattern[] {
  const own = meantValues(attribute).flatMap(({ text }) => read(text));
  switch (attribute.operator?.operator) {
    case 'remove':
      return items.filter((item) => !own.some((each) => isSamePattern(item, each)));
    case 'add':
      return [...items, ...own];
    default:
      return isDefaults ? [...items, ...own] : own;
  }
}

const everybody: ReadonlySet<string> = new Set(['0.0.0.0', '0.0.0.0/0', '::/0']);

/** Operators that change nothing, or something else than they say. */
function withoutEffect(attribute: Attribute, list: List): Finding | undefined {
  const { key, operator } = attribute;
  const values = meantValues(attribute);
  const { items, isInherited, isDefaults, read } = list;
  if (operator === null) return undefined;
  if (values.length === 0 && (operator.operator !== 'set' || (isDefaults && items.length > 0))) {
    const sign = operatorText(operator.operator);
    return {
      at: attribute,
      message: `'${sign}' without a value ${isDefaults && sign === '=' ? "empties nothing in 'defaults', where it adds" : 'says nothing'}; remove the line`,
      ...unchanged(key, list),
    };
  }
  if (operator.operator !== 'remove') return undefined;
  const name = isInherited ? `'${key}' of 'defaults'` : `'${key}'`;
  const absent = values.find(({ text }) => {
    const own = read(text);
    return own.length > 0 && !own.some((each) => items.some((item) => isSamePattern(item, each)));
  });
  if (absent !== undefined) {
    return {
      at: absent,
      message:
        items.length === 0
          ? `there is no '${key}' from which ${quote(absent.text)} could be removed`
          : `${quote(absent.text)} does not stand in the ${name}, so it cannot be removed from it`,
      ...unchanged(key, list),
    };
  }
  if (items.length === 0 || itemsAfter(attribute, items, isDefaults, read).length > 0) return undefined;
  return { at: attribute, message: `nothing is left of the ${name}`, consequence: emptied(key) };
}

/** The line itself makes a list where there is none, and that is an empty one. */
function unchanged(key: string, { items }: List): Pick<Finding, 'effect' | 'consequence'> {
  return key === 'only_from' && items.length === 0
    ? { consequence: emptied(key) }
    : { effect: 'none', consequence: 'the daemon changes nothing' };
}

/** What a line of a service makes of a list that it inherits. */
function change(attribute: Attribute): Finding | undefined {
  const { key, operator } = attribute;
  const values = meantValues(attribute);
  if (operator?.operator !== 'set') {
    const wide = key === 'only_from' ? values.find(({ text }) => everybody.has(text)) : undefined;
    return wide === undefined
      ? undefined
      : {
          at: wide,
          message: `${quote(wide.text)} opens to everybody what 'defaults' restrict`,
          consequence: 'the daemon admits everybody',
        };
  }
  if (values.length === 0) {
    return {
      at: attribute,
      message:
        key === 'only_from'
          ? "an empty 'only_from' admits nobody"
          : "this empties the 'no_access' of 'defaults'",
      consequence: emptied(key),
    };
  }
  const wide = key === 'only_from' ? values.find(({ text }) => everybody.has(text)) : undefined;
  if (wide !== undefined) {
    return {
      at: wide,
      message: `${quote(wide.text)} opens to everybody what 'defaults' restrict`,
      consequence: 'the daemon admits everybody',
    };
  }
  return {
    at: operator,
    message: `this '=' replaces the '${key}' of 'defaults'; write '+=' to add`,
    severity: 'info',
    effect: 'none',
  };
}

function emptied(key: string): string {
  return key === 'only_from' ? 'the daemon admits nobody' : 'the daemon refuses nobody';
}
