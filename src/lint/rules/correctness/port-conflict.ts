import type { Entry } from '../../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad, parseInetAton } from '../../../model/addresses/ipv4.ts';
import { mappedIpv4 } from '../../../model/addresses/ipv6.ts';
import { formatScopedIpv6, parseScopedIpv6 } from '../../../model/addresses/scoped-ipv6.ts';
import { keptBindAddress } from '../../../model/listening.ts';
import type { Service } from '../../../model/service.ts';
import type { Analysis } from '../../analysis.ts';
import type { Fate } from '../../fate.ts';
import { assumedInterfaces } from '../../host.ts';
import { defineRule } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { lineFrom, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/port-conflict',
    summary: 'Two services on one port',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'opt-in',
    since: '0.1.0',
    why: 'Nothing is said when the files are read, unless both have a `bind`. For TCP the second fails with `Address already in use` after 11 tries and is deactivated, also when one of them has an address and the other listens on all. For UDP both start without a message, and the last one gets the datagrams. An inetd takes two lines of one name, protocol and address for one, and the last of them counts (openbsd-inetd and GNU inetd log `REDO` with -d).',
    references: ['check_entry in confparse.c; activate_normal in service.c'],
    examples: {
      bad: 'service a\n{\n\tport = 9000\n\t...\n}\nservice b\n{\n\tport = 9000\n\t...\n}',
      good: 'service a\n{\n\tport = 9000\n\t...\n}\nservice b\n{\n\tport = 9001\n\t...\n}',
    },
  },
  checkTree: ({ tree, analysis, report }) => {
    const byPort = new Map<string, Listener[]>();
    for (const { source, entry } of tree.entries) {
      const listener = listenerOf(entry, analysis.view(entry, source), analysis);
      if (listener === undefined) continue;
      const key = `${listener.protocol} ${listener.port}`;
      const earlier = byPort.get(key) ?? [];
      const other = earlier.find((each) => overlap(each, listener));
      byPort.set(key, earlier);
      earlier.push(listener);
      if (other === undefined) continue;
      report({
        source,
        at: listener.view.port === null ? (entry.name ?? entry) : rangeOf(listener.view, 'port'),
        message: `${quote(listener.view.name)} and ${otherName(other.view, listener.view)} both listen on ${listener.protocol} port ${listener.port}`,
        consequence: outcomeOf(listener, other),
        related: [
          {
            source: other.view.source,
            range:
              other.view.port === null
                ? (other.view.entry.name ?? other.view.entry)
                : rangeOf(other.view, 'port'),
            message: 'the other one',
          },
        ],
      });
    }
  },
});

/** The earlier of two; by the same name only its place tells which it is. */
function otherName({ name, entry, source }: ServiceView, later: ServiceView): string {
  const { start } = entry.name ?? entry;
  return name === later.name ? `the ${quote(name)} of ${lineFrom(source, start, later.source)}` : quote(name);
}

/** What comes of two, the later one first. */
function outcomeOf(listener: Listener, other: Listener): string {
  if (isSameToInetd(listener, other)) return 'the daemon keeps the later line alone';
  return listener.protocol === 'udp'
    ? 'both start without a message, and the one that comes last gets the datagrams'
    : 'the daemon cannot bind the second one';
}

/** An inetd goes by the words: with the same name, protocol and address a line replaces the one before. */
function isSameToInetd(a: Listener, b: Listener): boolean {
  if (!a.isOfInetd || !b.isOfInetd || a.view.name !== b.view.name || a.view.bind !== b.view.bind)
    return false;
  return suffixOf(a.view) === suffixOf(b.view);
}

/** The `6` of `tcp6` in inetd.conf. */
function suffixOf({ entry }: ServiceView): string | undefined {
  return entry.attributes.find(({ key }) => key === 'ip_version')?.values[0]?.text;
}

interface Socket {
  /** Null listens on all addresses. */
  readonly address: string | null;
  readonly family: 'IPv4' | 'IPv6' | 'both';
}

interface Listener {
  readonly view: ServiceView;
  readonly protocol: string;
  readonly port: number;
  /** Read by an inetd, which xinetd is not. */
  readonly isOfInetd: boolean;
  /** One for each address of a list. */
  readonly sockets: readonly Socket[];
}

/** What an entry would listen on; undefined for one that does not run for another reason. */
function listenerOf(entry: Entry, view: ServiceView | undefined, analysis: Analysis): Listener | undefined {
  if (view === undefined || view.isOff || view.protocol === null || view.protocol === 'unix')
    return undefined;
  if (['RPC', 'TCPMUX', 'TCPMUXPLUS'].some((type) => view.types.has(type))) return undefined;
  const fate = analysis.fateOf(entry, view.source);
  if (fate.kind !== 'unknown' && !wantsPort(fate)) return undefined;
  const port = view.port ?? analysis.host.tables.servicePort(view.name, view.protocol) ?? 0;
  if (port === 0) return undefined;
  const protocol = view.protocol.toLowerCase();
  const isOfInetd = entry.syntax !== 'block' && fate.kind === 'unknown';
  const common = { view, protocol, port, isOfInetd };
  // What runs has the address that it inherits.
  if (fate.kind === 'runs') return { sockets: [socketOf(fate.service)], ...common };
  const family = familyOf(view);
  const addresses = view.bind?.split(',') ?? [null];
  return { sockets: addresses.map((address) => onAddress(address, family)), ...common };
}

function socketOf(service: Service): Socket {
  const { bind, bindAddress, family, v6only } = service;
  const socket = onAddress(bindAddress === null || keptBindAddress(service) !== null ? bind : null, family);
  const isOfAll = socket.address === null && socket.family === 'IPv6';
  return isOfAll && !v6only ? { ...socket, family: 'both' } : socket;
}

/**
 * An address in one spelling, null where it stands for all. An IPv6 socket on a mapped address is one of IPv4. A name
 * stays as it is: nobody knows where it leads.
 */
function onAddress(bind: string | null, family: Socket['family']): Socket {
  if (bind === null) return { address: null, family };
  const six = parseScopedIpv6(bind, assumedInterfaces);
  const four = six === undefined ? parseInetAton(bind) : mappedIpv4(six.bytes);
  if (four !== undefined) return { address: four === 0 ? null : formatIpv4(four), family: 'IPv4' };
  if (six === undefined) return { address: bind, family };
  const isOfAll = six.bytes.every((byte) => byte === 0);
  return { address: isOfAll ? null : formatScopedIpv6(six, assumedInterfaces), family };
}

/** Runs, or is dropped just because the port is taken. */
function wantsPort(fate: Fate): boolean {
  if (fate.kind === 'runs') return true;
  return (
    fate.kind === 'dropped' &&
    fate.entry.reasons.some(({ code }) => code === 'duplicate' || code === 'bind-failed')
  );
}

function familyOf(view: ServiceView): Socket['family'] {
  const { entry, bind, flags } = view;
  if (entry.syntax !== 'block') {
    const suffix = suffixOf(view);
    return suffix === '6' || suffix === '6only' ? 'IPv6' : suffix === '46' ? 'both' : 'IPv4';
  }
  if (bind !== null && bind !== '::')
    return parseDottedQuad(bind) === undefined && bind.includes(':') ? 'IPv6' : 'IPv4';
  if (flags.has('IPv6') || !flags.has('IPv4')) {
    return entry.attributes.some(({ key }) => key === 'v6only') ? 'IPv6' : 'both';
  }
  return 'IPv4';
}

function overlap(a: Listener, b: Listener): boolean {
  return a.sockets.some((one) => b.sockets.some((other) => share(one, other)));
}

function share(a: Socket, b: Socket): boolean {
  const isFamilyShared = a.family === 'both' || b.family === 'both' || a.family === b.family;
  const isAddressShared = a.address === null || b.address === null || a.address === b.address;
  return isFamilyShared && isAddressShared;
}
