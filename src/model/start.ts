import { needsScope, parseScopedIpv6, withoutScope } from './addresses/scoped-ipv6.ts';
import type { Context } from './context.ts';
import { EndlessStart } from './crash.ts';
import { type Draft, idOf } from './draft.ts';
import { isTcpmuxClient } from './fill.ts';
import { isAnyAddress, listenAddress, mappedAddress } from './listening.ts';
import { plainMessage } from './report.ts';

/** What starting a service needs from the host; without it nobody can say whether a socket could be bound. */
export interface StartConditions {
  /** Whether a numeric address belongs to this host. */
  isLocalAddress(address: string): boolean;
  /** Whether a portmapper answers. */
  readonly hasPortmapper: boolean;
  /** Whether a log file can be opened for appending. */
  canAppend(path: string): boolean;
  /** How many descriptors services may use: the daemon's limit less the eight that it keeps. Without it there is none. */
  readonly descriptors?: number;
}

interface ErrorNumber {
  readonly text: string;
  readonly number: number;
}

const notLocal: ErrorNumber = { text: 'Cannot assign requested address', number: 99 };
const noDevice: ErrorNumber = { text: 'No such device', number: 19 };
const invalid: ErrorNumber = { text: 'Invalid argument', number: 22 };
const inUse: ErrorNumber = { text: 'Address already in use', number: 98 };
const badProtocol: ErrorNumber = { text: 'Protocol not supported', number: 93 };
const notPermitted: ErrorNumber = { text: 'Permission denied', number: 13 };
const badSocketType: ErrorNumber = { text: 'Socket type not supported', number: 94 };

/** How many versions of a program are registered, in vain, before nobody waits any longer. */
const mostVersions = 10_000;

const protocolNumbers = {
  ip: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  dccp: 33,
  sctp: 132,
  udplite: 136,
  mptcp: 262,
} as const;

/** Linux knows numbers up to that of Multipath TCP. */
const largestProtocol = protocolNumbers.mptcp;

/** Starts entries one after the other, as far as one can know without doing it. */
export class Starter {
  readonly #conditions: StartConditions;
  readonly #context: Context;
  /** By port, so that looking for a collision does not grow with their number. */
  readonly #sockets = new Map<number | null, Draft[]>();
  #hasCommonLog: boolean | null = null;
  #freeDescriptors: number;

  constructor(conditions: StartConditions, context: Context) {
    this.#conditions = conditions;
    this.#context = context;
    this.#freeDescriptors = conditions.descriptors ?? Number.POSITIVE_INFINITY;
  }

  /** False when the entry fails to start; clients of tcpmux have nothing to start. */
  start(draft: Draft, defaults: Draft): boolean {
    if (isTcpmuxClient(draft)) return true;
    const isListening = this.#openSocket(draft);
    if (isListening && this.#lacksDescriptorForLog(draft)) {
      // It is not said again that it failed to start, and its socket stays open.
      const message = `Service ${idOf(draft)} disabled because of lack of file descriptors`;
      return this.#say(draft, 'ERROR', 'no-descriptor', message, true);
    }
    if (isListening && this.#openLog(draft, defaults)) {
      const { port } = draft.values;
      const others = this.#sockets.get(port);
      if (others === undefined) this.#sockets.set(port, [draft]);
      else others.push(draft);
      return true;
    }
    this.#say(
      draft,
      'ERROR',
      'start-failed',
      `Service ${idOf(draft)} failed to start and is deactivated.`,
      true,
    );
    return false;
  }

  #openSocket(draft: Draft): boolean {
    if (this.#freeDescriptors <= 0) {
      return this.#say(draft, 'ERROR', 'too-many-services', 'Maximum number of services reached', true);
    }
    const refusal = socketError(draft);
    if (refusal !== null) {
      if (draft.values.family === 'IPv6' && draft.values.bindAddress === null) {
        const fallback = `IPv6 socket creation failed for service ${idOf(draft)}, trying IPv4`;
        this.#say(draft, 'NOTICE', 'socket-fallback', fallback, false);
      }
      const message = `socket creation failed (${errorText(refusal)}). service = ${idOf(draft)}`;
      return this.#say(draft, 'ERROR', 'socket-failed', message, true);
    }
    if (draft.values.socketType === 'raw' && draft.values.family === 'IPv6') {
      // A raw socket has its number from the start, after which the kernel takes this option no more. Not fatal.
      const message = 'Setting IPV6_V6ONLY option failed (Invalid argument (errno = 22))';
      this.#say(draft, 'ERROR', 'v6only-failed', message, false);
    }
    const error = this.#bindError(draft);
    if (error !== null) return this.#reportBind(draft, error);
    this.#freeDescriptors -= 1;
    return draft.values.types.has('RPC') ? this.#register(draft) : true;
  }

  #bindError(draft: Draft): ErrorNumber | null {
    const { port, types } = draft.values;
    const listens = listenAddress(draft.values);
    if (draft.given.has('v6only') && mappedAddress(listens) !== undefined) return invalid;
    const refusal = this.#addressError(draft, listens);
    if (refusal !== null) return refusal;
    if (types.has('RPC') || (port ?? 0) === 0) return null;
    return this.#sockets.get(port)?.some((other) => collide(draft, other)) ? inUse : null;
  }

  /** What Linux says of the address alone. */
  #addressError({ values }: Draft, listens: string): ErrorNumber | null {
    if (values.bindAddress !== listens) return null;
    const scoped = parseScopedIpv6(listens, this.#context.tables);
    if (scoped !== undefined) {
      if (values.socketType === 'stream' && scoped.bytes[0] === 0xff) return invalid;
      if (needsScope(scoped.bytes)) {
        if (scoped.scope === 0) return invalid;
        if (this.#context.tables.interfaceName(scoped.scope) === undefined) return noDevice;
      }
    }
    return this.#conditions.isLocalAddress(withoutScope(listens)) ? null : notLocal;
  }

  /** One attempt and ten more, without a pause. */
  #reportBind(draft: Draft, error: ErrorNumber): false {
    const message = `bind failed (${errorText(error)}). service = ${idOf(draft)}`;
    this.#say(draft, 'ERROR', 'bind-failed', message, true);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      this.#say(draft, 'NOTICE', 'bind-retry', `bind retry attempt ${attempt}`, false);
      this.#say(draft, 'ERROR', 'bind-failed', message, false);
    }
    return false;
  }

  #register(draft: Draft): boolean {
    if (this.#conditions.hasPortmapper) return true;
    const { rpcNumber, rpcVersion } = draft.values;
    const { low, high } = rpcVersion ?? { low: 0, high: -1 };
    if (high - low >= mostVersions) {
      const message = `the daemon would register ${high - low + 1} versions of ${idOf(draft)}, one after the other`;
      throw new EndlessStart(plainMessage('CRITICAL', 'endless-versions', message, draft.location));
    }
    for (let version = low; version <= high; version += 1) {
      const message = `pmap_set failed. service=${idOf(draft)} program=${rpcNumber ?? 0} version=${version}`;
      this.#say(draft, 'ERROR', 'portmapper', message, true);
    }
    return false;
  }

  #lacksDescriptorForLog({ values: { logType } }: Draft): boolean {
    const opens = logType?.kind === 'file' || (logType?.kind === 'common' && this.#hasCommonLog === null);
    return opens && this.#freeDescriptors <= 0;
  }

  #openLog(draft: Draft, defaults: Draft): boolean {
    const { logType } = draft.values;
    if (logType?.kind === 'file') {
      if (this.#openFile(logType.path)) return true;
      return this.#say(draft, 'ERROR', 'log-failed', `creation of ${idOf(draft)} log failed`, true);
    }
    if (logType?.kind === 'syslog' && draft.lacksId) {
      // What its log to the system would be named after is not there.
      const message = `failed to create a log for service ${idOf(draft)}`;
      return this.#say(draft, 'ERROR', 'log-failed', message, true);
    }
    if (logType?.kind !== 'common') return true;
    // Opened for the first service that needs it; those behind it fail without another word.
    if (this.#hasCommonLog !== null) return this.#hasCommonLog;
    const common = defaults.values.logType;
    this.#hasCommonLog = common?.kind === 'file' && this.#openFile(common.path);
    if (this.#hasCommonLog) return true;
    return this.#say(draft, 'ERROR', 'log-failed', 'creation of default log failed', true);
  }

  #openFile(path: string): boolean {
    if (!this.#conditions.canAppend(path)) return false;
    this.#freeDescriptors -= 1;
    return true;
  }

  #say(draft: Draft, severity: 'ERROR' | 'NOTICE', code: string, message: string, isReason: boolean): false {
    const diagnostic = plainMessage(severity, code, message, draft.location);
    this.#context.report(diagnostic);
    if (isReason) draft.faults.push({ attribute: null, diagnostic });
    return false;
  }
}

function errorText({ text, number }: ErrorNumber): string {
  return `${text} (errno = ${number})`;
}

/** The address under which clients find a socket. */
function reachedAddress(draft: Draft): string {
  const address = listenAddress(draft.values);
  return mappedAddress(address) ?? address;
}

/** What Linux answers to socket(2) for an Internet socket. */
function socketError({ values }: Draft): ErrorNumber | null {
  const number = values.protocol?.number ?? 0;
  if (number < 0 || number > largestProtocol) return invalid;
  const { ip, icmp, tcp, udp, sctp, udplite, mptcp } = protocolNumbers;
  const canBeIpv4 = values.family === 'IPv4' || values.bindAddress === null;
  const fits = (numbers: readonly number[]) => (numbers.includes(number) ? null : badProtocol);
  switch (values.socketType) {
    case 'stream':
      return fits([ip, tcp, sctp, mptcp]);
    case 'dgram':
      // Echo requests are for the groups in net.ipv4.ping_group_range, by default none.
      if (number === icmp) return canBeIpv4 ? notPermitted : badProtocol;
      return fits([ip, udp, udplite]);
    case 'raw':
      return number === ip ? badProtocol : null;
    default:
      return number === sctp ? null : badSocketType;
  }
}

/** Whether a bind fails because of a socket that is there already. UDP shares ports under SO_REUSEADDR. */
function collide(draft: Draft, other: Draft): boolean {
  if (draft.values.socketType !== 'stream' || other.values.socketType !== 'stream') return false;
  if (draft.values.port !== other.values.port || streamProtocol(draft) !== streamProtocol(other))
    return false;
  const [a, b] = [reachedAddress(draft), reachedAddress(other)];
  if (a === b) return true;
  const [aIsAny, bIsAny] = [isAnyAddress(a), isAnyAddress(b)];
  const sameFamily = a.includes(':') === b.includes(':');
  if (sameFamily) return aIsAny || bIsAny;
  // A socket on `::` takes IPv4 as well, unless it was told not to.
  const six = a.includes(':') ? draft : other;
  return reachedAddress(six) === '::' && !six.given.has('v6only');
}

/** A stream of protocol 0 is TCP. */
function streamProtocol({ values }: Draft): number {
  return values.protocol?.number || protocolNumbers.tcp;
}
