import type { Attribute } from '../../../ast/nodes.ts';
import type { AccessItem } from '../../../model/service.ts';
import { meantValues } from '../../line.ts';
import { entriesInOrder } from '../../reading-order.ts';
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
    const inherited = new Map<string, readonly AccessItem[]>();
    for (const { source, entry } of entriesInOrder(tree)) {
      if (entry.syntax !== 'block') continue;
      const { draft, lines } = analysis.judge(entry, source);
      if (entry.kind === 'defaults') {
        inherited.set('only_from', [...(inherited.get('only_from') ?? []), ...(draft.values.onlyFrom ?? [])]);
        inherited.set('no_access', [...(inherited.get('no_access') ?? []), ...(draft.values.noAccess ?? [])]);
        continue;
      }
      for (const { attribute, outcome } of lines) {
        const items = inherited.get(attribute.key) ?? [];
        if (!isAccessList(attribute) || items.length === 0 || outcome !== 'taken') continue;
        const finding = change(attribute, items);
        if (finding !== undefined) report({ source, ...finding });
      }
    }
  },
});

const everybody: ReadonlySet<string> = new Set(['0.0.0.0', '0.0.0.0/0', '::/0']);

function change(attribute: Attribute, inherited: readonly AccessItem[]): Finding | undefined {
  const { key, operator } = attribute;
  const values = meantValues(attribute);
  if (operator?.operator === 'remove') {
    const absent = values.find(({ text }) => !inherited.some(({ pattern }) => sameText(pattern.text, text)));
    if (absent !== undefined) {
      return {
        at: absent,
        message: `${quote(absent.text)} does not stand in the '${key}' of 'defaults', so it cannot be removed from it`,
        effect: 'none',
        consequence: 'the daemon changes nothing',
      };
    }
    return values.length >= inherited.length
      ? { at: attribute, message: `nothing is left of the '${key}' of 'defaults'`, consequence: emptied(key) }
      : undefined;
  }
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

/** `10.0.0.0` and `10.0.0.0/8` are one entry written in two ways. */
function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase() || a.replace(/\/\d+$/, '') === b.replace(/\/\d+$/, '');
}
