import type { Location } from '../diagnostics/diagnostic.ts';

/** Where a value came from. */
export interface Origin {
  /** The entry itself, a `defaults` block, derived from other values, a table (services file), or built in. */
  readonly from: 'entry' | 'defaults' | 'derived' | 'table' | 'built-in';
  /** `=`, `+=` or `-=` line that gave it; null for what no line gave. */
  readonly location: Location | null;
  /** What a person should know: `from services`, `added by +=`, ... */
  readonly note?: string;
}

export type SocketType = 'stream' | 'dgram' | 'raw' | 'seqpacket' | 'rdm';
export type AddressFamily = 'IPv4' | 'IPv6';

/** A bigint where a number would lose digits. */
export type ByteCount = number | bigint;

/** `UNLIMITED` and "not set" are null everywhere: there is nothing to enforce. */
export type Limit = number | null;

export type LogDestination =
  | { readonly kind: 'syslog'; readonly facility: string; readonly level: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly soft: ByteCount | null;
      readonly hard: ByteCount | null;
    }
  | { readonly kind: 'common' };

/** One word of only_from / no_access as it counts. */
export type AddressPattern =
  | { readonly kind: 'address'; readonly text: string; readonly version: 4 | 6; readonly bytes: Uint8Array }
  | {
      readonly kind: 'network';
      readonly text: string;
      readonly version: 4 | 6;
      readonly bytes: Uint8Array;
      /** 0..32 or 0..128. */
      readonly prefix: number;
    }
  /** A host name, compared with the client's name. */
  | { readonly kind: 'host'; readonly text: string }
  /** `.example.org`: any name that ends so. */
  | { readonly kind: 'domain'; readonly text: string };

/** A pattern with the place of its word. */
export interface AccessItem {
  readonly pattern: AddressPattern;
  readonly location: Location | null;
}

/** Minutes since midnight, both included. */
export interface TimeInterval {
  readonly start: number;
  readonly end: number;
}

/** A UNIX socket's owner and mode, from inetd.conf. */
export interface SocketOwner {
  readonly user: string | null;
  readonly group: string | null;
  readonly mode: number | null;
}

export interface Account {
  /** As written. */
  readonly name: string;
  readonly id: number;
}

export interface UserAccount extends Account {
  /** The primary group; of a user given as a number, whom nobody looks up, the same number. */
  readonly gid: number;
}

export type ResourceLimit = 'as' | 'cpu' | 'data' | 'rss' | 'stack' | 'files';

/**
 * A service as it would run: includes followed, defaults merged, operators applied, values typed and checked.
 * Names follow the attributes of xinetd.conf(5); sizes are bytes, times seconds unless said otherwise.
 */
export interface Service {
  readonly id: string;
  readonly name: string;
  /** Where the entry stands. */
  readonly location: Location;
  readonly syntax: 'block' | 'line' | 'pairs';
  readonly socketType: SocketType;
  /** As spelled (`tcp`, `udp`, `sctp`, ...). */
  readonly protocol: string;
  /** Null for RPC services and TCPMUX clients without one. */
  readonly port: number | null;
  /** UNIX socket instead of address and port (inetd.conf only). */
  readonly unixPath: string | null;
  readonly unixOwner: SocketOwner | null;
  readonly family: AddressFamily;
  /** The entry names a family itself; else a host name in `bind` stands for addresses of both. */
  readonly isFamilyGiven: boolean;
  /** IPv6 only: refuse IPv4 clients on an IPv6 socket. */
  readonly v6only: boolean;
  /** Address or host name as written; null listens on all addresses. */
  readonly bind: string | null;
  /** The numeric address that `bind` stood for when the files were read. */
  readonly bindAddress: string | null;
  readonly wait: boolean;
  /** Upper case names in the order of the state dump. */
  readonly types: readonly string[];
  readonly flags: readonly string[];
  readonly user: UserAccount | null;
  readonly group: Account | null;
  readonly groups: boolean;
  readonly server: string | null;
  /** argv as the server sees it, argv[0] first. */
  readonly argv: readonly string[];
  readonly redirect: { readonly host: string; readonly port: number } | null;
  /** The numeric address of the redirect's host. */
  readonly redirectAddress: string | null;
  readonly instances: Limit;
  readonly perSource: Limit;
  /** Connections a second, and for how many seconds the service is off when they are exceeded; null is no limit. */
  readonly cps: { readonly rate: number; readonly pause: number } | null;
  /** inetd's limits: starts in 60 s over all clients (`nowait.40`), and FreeBSD's `/child/rate-per-ip/child-per-ip`. */
  readonly maxPerMinute: Limit;
  readonly maxPerMinutePerSource: Limit;
  readonly maxChildren: Limit;
  readonly maxLoad: Limit;
  /** Null: no list, everyone; an empty list matches nobody. */
  readonly onlyFrom: readonly AccessItem[] | null;
  readonly noAccess: readonly AccessItem[] | null;
  readonly accessTimes: readonly TimeInterval[] | null;
  /** Minutes; -1 for ever, 0 never. */
  readonly denyTime: number;
  readonly libwrap: string | null;
  readonly logType: LogDestination | null;
  readonly logOnSuccess: readonly string[];
  readonly logOnFailure: readonly string[];
  /** `NAME=VALUE` words in order. */
  readonly env: readonly string[];
  /** Null passes the whole environment. */
  readonly passenv: readonly string[] | null;
  readonly umask: number | null;
  readonly nice: number | null;
  readonly rlimits: Readonly<Partial<Record<ResourceLimit, ByteCount | 'unlimited'>>>;
  readonly banner: string | null;
  readonly bannerSuccess: string | null;
  readonly bannerFail: string | null;
  readonly rpc: { readonly number: number | null; readonly low: number; readonly high: number } | null;
  readonly sendBuffer: number | null;
  readonly receiveBuffer: number | null;
  /** Attributes of the entry by their key in the text, with the line that decided. */
  readonly origins: Origins;
}

export type Origins = Pick<ReadonlyMap<string, readonly Origin[]>, 'get'> &
  Iterable<readonly [string, readonly Origin[]]>;

/** A log line of the real daemon, or its counterpart under the profile `serve`. */
export interface ModelDiagnostic {
  readonly severity: 'CRITICAL' | 'ERROR' | 'WARNING' | 'NOTICE' | 'INFO' | 'DEBUG';
  /** Stable name of the message, for example `bad-value-wait`. */
  readonly code: string;
  readonly message: string;
  /** File and line as the daemon prints them; absent where it prints none. */
  readonly file?: string;
  readonly line?: number;
  /** The exact place, also where the daemon names none. */
  readonly location: Location | null;
}

/** The switch that keeps an entry from running: `disable = yes` at its line, or a list of `defaults`. */
export interface SwitchedOff {
  readonly by: string;
  readonly location: Location;
}

/** An entry that does not run, with every reason. */
export interface DroppedEntry {
  readonly id: string;
  readonly name: string;
  readonly location: Location;
  /** Switched off on purpose (`disable = yes`, a list in defaults, `#<off>#`) or lost to faults. */
  readonly cause: 'disabled' | 'fault';
  /** Null when faults are the cause. */
  readonly switchedOff: SwitchedOff | null;
  readonly reasons: readonly ModelDiagnostic[];
  /** The attributes that reasons are about; one that is not here is about the entry as a whole. */
  readonly attributes: ReadonlyMap<ModelDiagnostic, string>;
  /**
   * An entry switched off on purpose as it would run without the switch, because a conversion carries it over; null
   * when faults would keep it from running all the same.
   */
  readonly whenEnabled: Service | null;
  /** What keeps it from running, or would if it were not switched off. */
  readonly faultsWhenEnabled: readonly ModelDiagnostic[];
}

/** The resolved configuration. */
export interface Configuration {
  readonly profile: string;
  /** False when the daemon would not run at all; `exitCode` says with which status it would end. */
  readonly accepted: boolean;
  readonly exitCode: number | null;
  readonly services: readonly Service[];
  readonly dropped: readonly DroppedEntry[];
  readonly diagnostics: readonly ModelDiagnostic[];
  /** log_type of `defaults`: what `common` stands for. */
  readonly commonLog: LogDestination | null;
}
