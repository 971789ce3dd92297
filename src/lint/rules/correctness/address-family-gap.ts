import type { AddressFamily, Service } from '../../../model/service.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { listedFamilies, type ReachedFamilies, reachedFamilies } from '../../client-families.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/address-family-gap',
    summary: 'An access list that says nothing about an address family over which the service is reached',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'Without a family flag the service listens on IPv6 and takes IPv4 clients too. `no_access` with IPv4 addresses does not stop the same host over IPv6, and `only_from = 0.0.0.0` refuses ::1. A list of IPv6 addresses on an IPv4 socket lets nobody in, or refuses nobody.',
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
      if (view === undefined || entry.syntax !== 'block' || fate.kind !== 'runs') return;
      const finding = gap(fate.service, view, reachedFamilies(fate.service, view, target));
      if (finding !== undefined) report(finding);
    },
  }),
});

function gap(
  { onlyFrom, noAccess }: Service,
  view: ServiceView,
  { families: reached, socket }: ReachedFamilies,
): Finding | undefined {
  const admitted = listedFamilies(onlyFrom, socket);
  for (const [name, items, concerned] of [
    // Whom 'only_from' keeps out, nothing else has to refuse.
    ['no_access', noAccess, reached.filter((family) => admitted?.has(family) ?? true)],
    ['only_from', onlyFrom, reached],
  ] as const) {
    const listed = items?.length === 0 ? undefined : listedFamilies(items, socket);
    const missing = listed === undefined ? [] : concerned.filter((family) => !listed.has(family));
    if (missing.length === 0) continue;
    const own = items?.find(({ location }) => location?.source.path === view.source.path);
    const inEntry = attributeOf(view, name);
    const isOwn = own !== undefined && inEntry !== undefined;
    const at = isOwn ? (own.location?.range ?? inEntry) : (view.entry.name ?? view.entry);
    return {
      at,
      ...(missing.length < reached.length
        ? partOfClients(name, missing, concerned.includes('IPv4') ? addFlag(view) : undefined)
        : noClients(name, reached)),
    };
  }
  return undefined;
}

/** The service is reached over a family of which the list does not speak. */
function partOfClients(
  name: 'only_from' | 'no_access',
  [missing]: readonly AddressFamily[],
  listenOnIpv4: ProposedFix | undefined,
): Omit<Finding, 'at'> {
  const fix = missing === 'IPv6' ? listenOnIpv4 : undefined;
  return {
    message: `'${name}' says nothing about ${missing}, and the service is reached over both families`,
    ...(name === 'only_from' ? { severity: 'info' } : {}),
    consequence:
      name === 'only_from'
        ? `the daemon refuses every ${missing} client`
        : `clients that come over ${missing} are not refused`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** No client that the list speaks of can reach the service. */
function noClients(name: 'only_from' | 'no_access', reached: readonly AddressFamily[]): Omit<Finding, 'at'> {
  return {
    message: `'${name}' says nothing about ${reached.join(' and ')}, over which the service is reached${reached.length === 1 ? ' alone' : ''}`,
    consequence: name === 'only_from' ? 'the daemon refuses every client' : 'no client is refused by it',
  };
}

function addFlag(view: ServiceView): ProposedFix | undefined {
  const { entry, source } = view;
  if (entry.syntax !== 'block' || !hasOpen(entry)) return undefined;
  // With both flags IPv6 counts, and who wrote it wants it.
  if (view.flags.has('IPv4') || view.flags.has('IPv6')) return undefined;
  const last = attributeOf(view, 'flags')?.values.at(-1);
  const edit =
    last === undefined
      ? addedLines(source, entry, ['flags = IPv4'])
      : { start: last.end, end: last.end, text: ' IPv4' };
  return { description: 'Listen on IPv4 alone', edits: [edit] };
}
