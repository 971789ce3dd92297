import { defineRule, eachRunning } from '../../rule.ts';
import { attributeOf, rangeOf } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/access-list-not-enforced-on-wait',
    summary: 'An access list on a stream service whose program accepts the connections itself',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'With `wait = yes` the daemon never sees the address of the client. In 2.3.15.3 `no_access` stops nobody, and any `only_from` refuses everybody and loops; newer versions accept everybody.',
    references: ['remote_address_check in access.c', 'https://github.com/openSUSE/xinetd/pull/7'],
    examples: {
      bad: 'wait = yes\nno_access = 198.51.100.7',
      good: 'wait = no\nno_access = 198.51.100.7',
      also: ['correctness/stream-wait'],
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      if (service === null || service.socketType !== 'stream' || !service.wait || view.types.has('INTERNAL'))
        return;
      const hasRules = attributeOf(view, 'libwrap') !== undefined;
      if (service.onlyFrom === null && service.noAccess === null && !hasRules) return;
      const name =
        service.onlyFrom !== null ? 'only_from' : service.noAccess !== null ? 'no_access' : 'libwrap';
      context.report({
        at: attributeOf(view, name) === undefined ? rangeOf(view, 'wait') : rangeOf(view, name),
        message: `'${name}' does not hold for ${quote(view.name)}, whose program accepts the connections itself; filter in the program or the firewall`,
        consequence:
          name === 'only_from'
            ? 'the daemon refuses everybody in 2.3.15.3, and nobody in later versions'
            : 'the daemon refuses nobody',
      });
    }),
});
