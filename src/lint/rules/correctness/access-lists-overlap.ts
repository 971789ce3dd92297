import type { AccessItem } from '../../../model/service.ts';
import { coversPattern } from '../../reach.ts';
import { defineRule } from '../../rule.ts';
import { list, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/access-lists-overlap',
    summary: 'An address of only_from that no_access refuses',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'The manual promises that the more specific entry wins; the code refuses every client that both lists match (`only_from list and no_access list match equally`). `only_from = 127.0.0.1` with `no_access = 127.0.0.0/8` refuses 127.0.0.1, and `no_access = 0.0.0.0/0` beside `only_from` refuses everybody.',
    references: ['remote_address_check in access.c', 'xinetd.conf(5): only_from'],
    examples: {
      bad: 'only_from = 10.1.2.3\nno_access = 10.0.0.0/8',
      good: 'only_from = 10.1.2.3',
    },
  },
  check: ({ source, analysis, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      const { values } = analysis.judge(entry, source).draft;
      // An entry with one list of its own may inherit the other; the resolved service knows.
      const fate = analysis.fateOf(entry, source);
      const { onlyFrom, noAccess } = fate.kind === 'runs' ? fate.service : values;
      const refused = (onlyFrom ?? []).flatMap((item) => {
        const by = (noAccess ?? []).find((each) => coversPattern(each.pattern, item.pattern));
        return by === undefined ? [] : [{ item, by }];
      });
      const [first] = refused;
      if (first === undefined) return;
      const own = refused.map(({ item }) => item).find((item) => isOwn(item, source.path));
      const place = own ?? (isOwn(first.by, source.path) ? first.by : undefined);
      const isEverybody = prefixOf(first.by) === 0;
      report({
        at: place?.location?.range ?? entry.name ?? entry.keyword,
        message: isEverybody
          ? `${quote(first.by.pattern.text)} in 'no_access' refuses everybody, whatever 'only_from' says`
          : `${list(refused.map(({ item }) => quote(item.pattern.text)))} of 'only_from' can never get in: 'no_access' has ${quote(first.by.pattern.text)}`,
        consequence: 'the daemon refuses whom both lists match, and does not look which is more specific',
      });
    },
  }),
});

function isOwn({ location }: AccessItem, path: string): boolean {
  return location !== null && location.source.path === path;
}

function prefixOf({ pattern }: AccessItem): number {
  return pattern.kind === 'network' ? pattern.prefix : 32;
}
