import type { SocketOwner } from '../../model/service.ts';

/** What the service field names. */
export type ServiceKind =
  /** A name of the services table, or a port number. */
  | 'listed'
  | 'rpc'
  /** Reached through the tcpmux port; with `tcpmuxplus` the daemon sends the `+` reply. */
  | 'tcpmux'
  | 'tcpmuxplus'
  | 'unix';

/** An entry of inetd.conf with its fields read: every value as it counts in its dialect, nothing decided yet. */
export interface InetdService {
  readonly kind: ServiceKind;
  /** Without address, version and `tcpmux/`; the path of a UNIX socket. */
  readonly name: string;
  /** Addresses in front of the service, or from a default line; none means all. */
  readonly addresses: readonly string[];
  readonly socketType: string;
  /** Without `rpc/`, IP version and options. */
  readonly protocol: string;
  readonly ipVersion: '' | '4' | '6' | '46' | '6only';
  readonly rpcVersion: string | null;
  readonly wait: boolean;
  readonly user: string;
  readonly group: string | null;
  readonly server: string;
  readonly isInternal: boolean;
  /** argv[0] first; empty where the line has none. */
  readonly argv: readonly string[];
  readonly limits: InetdLimits;
  readonly socket: InetdSocketOptions;
  readonly isDisabled: boolean;
}

/** The numbers of the wait field, and NetBSD's of the socket type. */
export interface InetdLimits {
  /** Starts in 60 s over all clients. */
  readonly perMinute: number | null;
  /** Servers at the same time; 0 is no limit. */
  readonly children: number | null;
  /** Connections of one client in 60 s. */
  readonly perMinutePerSource: number | null;
  readonly childrenPerSource: number | null;
}

export interface InetdSocketOptions {
  /** As written: `64k`, `1m`, 4096. */
  readonly sendBuffer: string | null;
  readonly receiveBuffer: string | null;
  /** Of a UNIX socket (FreeBSD). */
  readonly owner: SocketOwner | null;
}
