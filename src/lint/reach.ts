import { libwrapName } from '../model/access/libwrap-steps.ts';
import { keptBindAddress } from '../model/listening.ts';
import type {
  AccessItem,
  AddressPattern,
  ByteCount,
  Configuration,
  Limit,
  Service,
  TimeInterval,
} from '../model/service.ts';

/** Whether `after` lets anyone reach anything that `before` does not. */
export function reachGrows(before: Configuration, after: Configuration): boolean {
  return grownServices(before, after).length > 0;
}

/**
 * The services of `after` with which anyone can reach what cannot be reached with `before`: a listener, a client, a program
 * or an account that was not there. Where it cannot be told for sure a service is one of them.
 */
export function grownServices(before: Configuration, after: Configuration): readonly Service[] {
  const outer = new Map<string, Service[]>();
  for (const service of before.services) {
    const known = outer.get(socketKey(service));
    if (known === undefined) outer.set(socketKey(service), [service]);
    else known.push(service);
  }
  return after.services.filter(
    (service) => !(outer.get(socketKey(service))?.some((each) => covers(each, service)) ?? false),
  );
}

/**
 * What no service covers that has another: looking for one does not grow with their number. Without a port, or one that
 * is known, clients find a service by its name.
 */
function socketKey({ name, protocol, port, socketType, server }: Service): string {
  return `${protocol} ${port || name} ${socketType} ${server}`;
}

/** Whether everything that is possible with the one service is possible with the other. */
function covers(outer: Service, inner: Service): boolean {
  return (
    sameListener(outer, inner) &&
    sameProgram(outer, inner) &&
    sameAccount(outer, inner) &&
    coversClients(outer, inner) &&
    coversLimits(outer, inner)
  );
}

function sameListener(a: Service, b: Service): boolean {
  const [outer, inner] = [keptBindAddress(a), keptBindAddress(b)];
  const sameAddress = outer === inner || outer === null;
  // Listening on everything covers a single address; an IPv6 wildcard takes IPv4 clients too.
  const coversFamily = a.family === b.family || (a.family === 'IPv6' && !a.v6only && outer === null);
  return (
    a.protocol === b.protocol &&
    a.port === b.port &&
    a.socketType === b.socketType &&
    // Datagrams reach the server either way; of a stream it gets the listening socket or a connection.
    (a.socketType === 'dgram' || a.wait === b.wait) &&
    a.types.join() === b.types.join() &&
    a.rpc?.number === b.rpc?.number &&
    sameAddress &&
    coversFamily &&
    (!a.v6only || b.v6only)
  );
}

function sameProgram(a: Service, b: Service): boolean {
  return (
    a.server === b.server &&
    JSON.stringify(a.argv) === JSON.stringify(b.argv) &&
    a.redirect?.host === b.redirect?.host &&
    a.redirect?.port === b.redirect?.port &&
    b.env.every((word) => a.env.includes(word)) &&
    (a.passenv === null || (b.passenv?.every((name) => a.passenv?.includes(name)) ?? false))
  );
}

function sameAccount(a: Service, b: Service): boolean {
  return a.user?.name === b.user?.name && a.group?.name === b.group?.name && (a.groups || !b.groups);
}

function coversClients(outer: Service, inner: Service): boolean {
  const isAdmitted =
    outer.onlyFrom === null || (inner.onlyFrom !== null && coversAll(outer.onlyFrom, inner.onlyFrom));
  const isRefused = coversAll(inner.noAccess ?? [], outer.noAccess ?? []);
  const keepsFlags = ['NOLIBWRAP', 'IDONLY', 'SENSOR'].every(
    (flag) =>
      outer.flags.includes(flag) === inner.flags.includes(flag) ||
      (flag === 'IDONLY' && inner.flags.includes(flag)),
  );
  // hosts.allow may say anything of another name.
  const keepsRules = inner.flags.includes('NOLIBWRAP') || libwrapName(outer) === libwrapName(inner);
  return (
    isAdmitted && isRefused && keepsFlags && keepsRules && coversTimes(outer.accessTimes, inner.accessTimes)
  );
}

function coversAll(outer: readonly AccessItem[], inner: readonly AccessItem[]): boolean {
  return inner.every(
    ({ pattern }) => matchesNobody(pattern) || outer.some((each) => coversPattern(each.pattern, pattern)),
  );
}

/** What the daemon could not read as a network it takes for a name, and no name holds a slash. */
function matchesNobody(pattern: AddressPattern): boolean {
  return pattern.kind === 'host' && pattern.text.includes('/');
}

/** Whether every client that the one pattern matches is matched by the other. */
export function coversPattern(outer: AddressPattern, inner: AddressPattern): boolean {
  if (outer.kind === 'host' || outer.kind === 'domain' || inner.kind === 'host' || inner.kind === 'domain') {
    return outer.kind === inner.kind && outer.text.toLowerCase() === inner.text.toLowerCase();
  }
  if (outer.version !== inner.version) return false;
  const bits = prefixOf(outer);
  return bits <= prefixOf(inner) && sameBits(outer.bytes, inner.bytes, bits);
}

function prefixOf(pattern: Extract<AddressPattern, { bytes: Uint8Array }>): number {
  return pattern.kind === 'network' ? pattern.prefix : pattern.version === 4 ? 32 : 128;
}

function sameBits(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (a[index] !== b[index]) return false;
  const mask = (0xff << (8 - (bits & 7))) & 0xff;
  return (bits & 7) === 0 || ((a[whole] ?? 0) & mask) === ((b[whole] ?? 0) & mask);
}

function coversTimes(outer: readonly TimeInterval[] | null, inner: readonly TimeInterval[] | null): boolean {
  if (outer === null) return true;
  return (
    inner?.every((time) => outer.some((each) => each.start <= time.start && time.end <= each.end)) ?? false
  );
}

function coversLimits(outer: Service, inner: Service): boolean {
  return (
    coversLimit(outer.instances, inner.instances) &&
    coversLimit(outer.perSource, inner.perSource) &&
    coversLimit(outer.maxLoad, inner.maxLoad) &&
    coversRate(outer.cps, inner.cps) &&
    (inner.server === null || coversProcess(outer, inner))
  );
}

/** What a program may use up, and who can write to the files that it makes. */
function coversProcess(outer: Service, inner: Service): boolean {
  const isMasked = (umaskOf(outer) & ~umaskOf(inner)) === 0;
  return isMasked && coversResources(outer.rlimits, inner.rlimits);
}

function coversRate(outer: Service['cps'], inner: Service['cps']): boolean {
  return outer === null || (inner !== null && inner.rate <= outer.rate && inner.pause >= outer.pause);
}

function coversResources(outer: Service['rlimits'], inner: Service['rlimits']): boolean {
  const own: Readonly<Record<string, ByteCount | 'unlimited' | undefined>> = inner;
  return Object.entries(outer).every(([name, most]) => {
    const value = own[name];
    return most === 'unlimited' || (value !== undefined && value !== 'unlimited' && value <= most);
  });
}

/** The daemon adds these bits to what it was started with. */
function umaskOf({ umask }: Service): number {
  return umask ?? 0o022;
}

function coversLimit(outer: Limit, inner: Limit): boolean {
  return outer === null || (inner !== null && inner <= outer);
}
