import { parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { mappedBytes, mappedIpv4, parseIpv6 } from '../../../model/addresses/ipv6.ts';
import { ipv6Network } from '../../../model/addresses/pattern.ts';
import type { AccessItem, Service } from '../../../model/service.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { coversPattern } from '../../reach.ts';
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
      // Without a flag that version listens on IPv4 alone.
      const isOldDefault = target.version === '2.3.15' && !view.flags.has('IPv6');
      const reached = isOldDefault ? fours : reachedFamilies(fate.service);
      const finding = gap(fate.service, view, reached);
      if (finding !== undefined) report(finding);
    },
  }),
});

type Family = 'IPv4' | 'IPv6';
const fours: readonly Family[] = ['IPv4'];

/** Of which families clients come; none where the address of the socket does not tell. */
function reachedFamilies({ bind, family, v6only }: Service): readonly Family[] {
  if (bind === null || bind === '::') return family === 'IPv4' ? fours : v6only ? ['IPv6'] : ['IPv4', 'IPv6'];
  // An address that does not fit the family is lost, and the family of a name is not known.
  if (parseDottedQuad(bind) !== undefined) return family === 'IPv4' ? fours : [];
  const six = parseIpv6(bind);
  if (six === undefined || family === 'IPv4') return [];
  return mappedIpv4(six) === undefined ? ['IPv6'] : fours;
}

function gap(service: Service, view: ServiceView, reached: readonly Family[]): Finding | undefined {
  for (const [name, items] of [
    ['no_access', service.noAccess],
    ['only_from', service.onlyFrom],
  ] as const) {
    const listed = listedFamilies(items);
    const missing = listed === undefined ? [] : reached.filter((family) => !listed.has(family));
    if (missing.length === 0) continue;
    const own = items?.find(({ location }) => location?.source.path === view.source.path);
    const inEntry = attributeOf(view, name);
    const isOwn = own !== undefined && inEntry !== undefined;
    const at = isOwn ? (own.location?.range ?? inEntry) : (view.entry.name ?? view.entry);
    return {
      at,
      ...(missing.length < reached.length ? partOfClients(name, missing, view) : noClients(name, reached)),
    };
  }
  return undefined;
}

/** The service is reached over a family of which the list does not speak. */
function partOfClients(
  name: 'only_from' | 'no_access',
  [missing]: readonly Family[],
  view: ServiceView,
): Omit<Finding, 'at'> {
  const fix = missing === 'IPv6' ? addFlag(view) : undefined;
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
function noClients(name: 'only_from' | 'no_access', reached: readonly Family[]): Omit<Finding, 'at'> {
  return {
    message: `'${name}' says nothing about ${reached.join(' and ')}, over which the service is reached${reached.length === 1 ? ' alone' : ''}`,
    consequence: name === 'only_from' ? 'the daemon refuses every client' : 'no client is refused by it',
  };
}

/** The families that a list speaks of; undefined where there is none, or host names may stand for either. */
function listedFamilies(items: readonly AccessItem[] | null): ReadonlySet<Family> | undefined {
  if (items === null || items.length === 0) return undefined;
  const families = new Set<Family>();
  for (const { pattern } of items) {
    if (pattern.kind === 'host' || pattern.kind === 'domain') return undefined;
    if (pattern.version === 4) families.add('IPv4');
    else {
      // IPv4 clients of an IPv6 socket have mapped addresses, which `::/0` matches too.
      const isWithinMapped = coversPattern(mappedNetwork, pattern);
      if (isWithinMapped || coversPattern(pattern, mappedNetwork)) families.add('IPv4');
      if (!isWithinMapped) families.add('IPv6');
    }
  }
  return families;
}

const mappedNetwork = ipv6Network(mappedBytes, 96);

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
