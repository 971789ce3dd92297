import type { AccessItem, Service } from '../../../model/service.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/address-family-gap',
    summary: 'An access list for one address family on a service that is reached by both',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'Without a family flag the service listens on IPv6 and takes IPv4 clients too. `no_access` with IPv4 addresses does not stop the same host over IPv6, and `only_from = 0.0.0.0` refuses ::1.',
    references: ['addrlist_match in addr.c', 'https://github.com/NagiosEnterprises/nrpe/pull/175'],
    examples: {
      bad: 'flags = REUSE\nno_access = 192.0.2.7\nonly_from = 192.0.2.0/24 2001:db8::/32',
      good: 'flags = IPv4\nno_access = 192.0.2.7',
    },
  },
  check: ({ source, analysis, target, report }) => ({
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      const fate = analysis.fateOf(entry, source);
      if (view === undefined || fate.kind !== 'runs') return;
      // Without a flag that version listens on IPv4 alone.
      if (target.version === '2.3.15' && !view.flags.has('IPv6')) return;
      const finding = gap(fate.service, view);
      if (finding !== undefined) report(finding);
    },
  }),
});

function gap(service: Service, view: ServiceView): Finding | undefined {
  if (service.family !== 'IPv6') return undefined;
  // A socket that is bound to an address, or told to, takes one family only.
  if (service.v6only || (service.bind !== null && service.bind !== '::')) return undefined;
  for (const [name, items] of [
    ['no_access', service.noAccess],
    ['only_from', service.onlyFrom],
  ] as const) {
    const missing = missingFamily(items);
    if (missing === undefined) continue;
    const own = items?.find(({ location }) => location?.source.path === view.source.path);
    const inEntry = attributeOf(view, name);
    const isOwn = own !== undefined && inEntry !== undefined;
    const fix = missing === 'IPv6' ? addFlag(view) : undefined;
    return {
      at: isOwn ? (own.location?.range ?? inEntry) : (view.entry.name ?? view.entry),
      message: `'${name}' says nothing about ${missing}, and the service is reached over both families`,
      ...(name === 'only_from' ? { severity: 'info' } : {}),
      consequence:
        name === 'only_from'
          ? `the daemon refuses every ${missing} client`
          : `clients that come over ${missing} are not refused`,
      ...(fix === undefined ? {} : { fix }),
    };
  }
  return undefined;
}

/** Host names may stand for either family. */
function missingFamily(items: readonly AccessItem[] | null): 'IPv4' | 'IPv6' | undefined {
  if (items === null || items.length === 0) return undefined;
  const versions = new Set(
    items.map(({ pattern }) =>
      pattern.kind === 'address' || pattern.kind === 'network' ? pattern.version : 0,
    ),
  );
  if (versions.has(0)) return undefined;
  // `::/0` matches the mapped addresses of IPv4 clients too.
  const isAnySix = items.some(
    ({ pattern }) => pattern.kind === 'network' && pattern.version === 6 && pattern.prefix <= 80,
  );
  if (!versions.has(6)) return 'IPv6';
  return versions.has(4) || isAnySix ? undefined : 'IPv4';
}

function addFlag(view: ServiceView): ProposedFix | undefined {
  const { entry } = view;
  if (entry.syntax !== 'block' || entry.open === null) return undefined;
  // With both flags IPv6 counts, and who wrote it wants it.
  if (view.flags.has('IPv4') || view.flags.has('IPv6')) return undefined;
  const last = attributeOf(view, 'flags')?.values.at(-1);
  const edit =
    last === undefined
      ? { start: entry.open.start + 1, end: entry.open.start + 1, text: '\n\tflags = IPv4' }
      : { start: last.end, end: last.end, text: ' IPv4' };
  return { description: 'Listen on IPv4 alone', edits: [edit] };
}
