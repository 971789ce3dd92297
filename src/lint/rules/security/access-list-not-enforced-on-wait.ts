import type { Service } from '../../../model/service.ts';
import { servicesInOrder } from '../../reading-order.ts';
import { defineRule, eachRunning, type Finding, type RuleContext } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
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
    why: 'With `wait = yes` the daemon never sees the address of the client. In 2.3.15.3 `no_access` stops nobody, and any `only_from` refuses everybody and loops; newer versions accept everybody. A client that a SENSOR had shut out of all services was served by such a program. The limits and `access_times` are looked at when the program is started, not for each client.',
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
      const finding = ownList(view, service) ?? listOfSensor(context);
      if (finding === undefined) return;
      const { attribute, name, ...rest } = finding;
      const isOwn = attribute !== undefined && attributeOf(view, attribute) !== undefined;
      context.report({
        at: rangeOf(view, isOwn ? attribute : 'wait'),
        message: `${name} does not hold for ${quote(view.name)}, whose program accepts the connections itself; filter in the program or the firewall`,
        ...rest,
      });
    }),
});

interface UnusedList extends Pick<Finding, 'consequence' | 'related'> {
  readonly attribute?: string;
  readonly name: string;
}

function ownList(view: ServiceView, { onlyFrom, noAccess }: Service): UnusedList | undefined {
  const attribute =
    onlyFrom !== null
      ? 'only_from'
      : noAccess !== null
        ? 'no_access'
        : attributeOf(view, 'libwrap') !== undefined
          ? 'libwrap'
          : undefined;
  if (attribute === undefined) return undefined;
  const consequence =
    attribute === 'only_from'
      ? 'the daemon refuses everybody in 2.3.15.3, and nobody in later versions'
      : 'the daemon refuses nobody';
  return { attribute, name: quote(attribute), consequence };
}

/** A sensor shuts clients out of all services: there is no list to see at this one. */
function listOfSensor({ tree, analysis }: RuleContext): UnusedList | undefined {
  const sensor = servicesInOrder(tree).find(({ source, entry }) => {
    const fate = analysis.fateOf(entry, source);
    return fate.kind === 'runs' && fate.service.flags.includes('SENSOR') && fate.service.denyTime !== 0;
  });
  if (sensor === undefined) return undefined;
  const { source, entry } = sensor;
  return {
    name: `the lockout by the sensor ${quote(entry.name?.text ?? '')}`,
    consequence: 'clients that it has shut out get in here',
    related: [{ source, range: entry.name ?? entry, message: 'the sensor' }],
  };
}
