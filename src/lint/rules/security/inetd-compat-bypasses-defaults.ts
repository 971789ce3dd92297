import type { Entry } from '../../../ast/nodes.ts';
import { defaultsInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import { list } from '../../wording.ts';

const bypassed: ReadonlySet<string> = new Set([
  'only_from',
  'no_access',
  'passenv',
  'banner',
  'banner_success',
  'banner_fail',
]);

export const rule = defineRule({
  meta: {
    name: 'security/inetd-compat-bypasses-defaults',
    summary: 'Restrictions of defaults that do not hold for the entries of inetd.conf',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'With -inetd_compat the entries of inetd.conf are added without the `only_from`, `no_access`, banners and `passenv` of `defaults`, and with libwrap switched off: with `only_from = 10.0.0.0/8` in `defaults` they answered 127.0.0.1.',
    references: ['get_next_inet_entry in inet.c'],
    examples: {
      bad: 'defaults\n{\n\tonly_from = 10.0.0.0/8\n}\nservice web\n{\n\tonly_from += 192.0.2.0/24\n\t...\n}',
      good: 'defaults\n{\n\tinstances = 5\n}\nservice web\n{\n\t...\n}',
      target: { inetdCompat: true },
    },
  },
  checkTree: ({ tree, target, report }) => {
    if (!target.inetdCompat) return;
    const { inetdConf } = tree;
    const bypasses = inetdConf?.file.children.find(
      (node): node is Entry => node.type === 'Entry' && node.syntax !== 'block' && node.disabled === null,
    );
    // Where it has been read it has to have something; one on another machine may.
    if (inetdConf !== null && bypasses === undefined) return;
    for (const { source, entry } of defaultsInOrder(tree)) {
      const restrictions = entry.attributes.filter(({ key }) => bypassed.has(key));
      const [first] = restrictions;
      if (first === undefined) continue;
      report({
        source,
        at: first,
        message: `${list([...new Set(restrictions.map(({ key }) => `'${key}'`))])} of 'defaults' ${restrictions.length === 1 ? 'does' : 'do'} not hold for the entries of inetd.conf; convert them with 'xcfg convert'`,
        consequence: 'the daemon adds the entries of inetd.conf without them',
        ...(inetdConf === null || bypasses === undefined
          ? {}
          : { related: [{ source: inetdConf.source, range: bypasses, message: 'the first of them' }] }),
      });
    }
  },
});
