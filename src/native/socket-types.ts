/** The address families a listener can have. */
export type AddressFamily = 'inet' | 'inet6' | 'unix';

/** As `socket_type` in the manual. */
export type SocketType = 'stream' | 'dgram' | 'raw' | 'seqpacket';

/** One end of a socket. */
export interface SocketAddress {
  readonly family: AddressFamily;
  /**
   * inet and inet6: the numeric address as inet_ntop(3) writes it, with `%interface` for a link-local one; an IPv4
   * client of a dual-stack socket is `::ffff:a.b.c.d`. unix: the path, `@name` for an abstract name, '' when unnamed.
   */
  readonly address: string;
  /** 0 for unix. */
  readonly port: number;
}

/** What `openSocket` makes. What is left out is left as the kernel has it, unless a default is named. */
export interface SocketOptions {
  readonly family: AddressFamily;
  readonly type: SocketType;
  /** IP protocol number, 0 (default): the usual one of the type. */
  readonly protocol?: number;
  /**
   * inet, inet6: a numeric address (`%interface` allowed), default the wildcard address; a multicast address is also
   * joined. unix: the path, or `@name` for an abstract name, a character for each byte; required.
   */
  readonly address?: string;
  /** 0 (default): chosen by the kernel. */
  readonly port?: number;
  /** inet6 only: IPV6_V6ONLY, set explicitly either way because the system's default varies. Default false. */
  readonly v6only?: boolean;
  /** SO_REUSEADDR. Right for TCP; on UDP it would let a second service take the port silently. Default false. */
  readonly reuseAddress?: boolean;
  /** TCP_NODELAY; accepted connections inherit it. */
  readonly noDelay?: boolean;
  /** SO_KEEPALIVE; accepted connections inherit it. */
  readonly keepAlive?: boolean;
  /** SO_SNDBUF in bytes; accepted connections inherit it. */
  readonly sendBuffer?: number;
  /** SO_RCVBUF in bytes; accepted connections inherit it. */
  readonly receiveBuffer?: number;
  /** Length of the accept queue of stream and seqpacket sockets, default 64 as xinetd has it. */
  readonly backlog?: number;
  /** unix path: permission bits, in force from the first moment whatever the umask is. Default 0o777 less the umask. */
  readonly mode?: number;
  /** unix path: owner. */
  readonly uid?: number;
  /** unix path: group. */
  readonly gid?: number;
}

export interface OpenedSocket {
  readonly fd: number;
  /** The bound address, with the port the kernel chose. */
  readonly name: SocketAddress;
}

/** What an inherited descriptor is. */
export interface SocketInfo {
  readonly name: SocketAddress;
  readonly type: SocketType;
  readonly protocol: number;
  /** True when it accepts connections. */
  readonly listening: boolean;
}

/** A datagram that waits on a socket. */
export interface WaitingDatagram {
  readonly sender: SocketAddress;
  /** When it came, to the nanosecond: no other datagram of the socket has the same as long as this one waits. */
  readonly arrival: string;
}
