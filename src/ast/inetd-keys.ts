/**
 * Attribute keys of inetd.conf entries, with what their values are. What xinetd.conf has too carries its name there;
 * the rest is named after the manual pages of the dialects. The value of an attribute is a piece of the line at its
 * exact range; its `text` is what counts (`nowait.40` gives `wait` with the text `no`, and `max_per_minute` 40).
 */
export const inetdKeys = {
  type: 'RPC, TCPMUX, TCPMUXPLUS or INTERNAL, as the forms of the words say',
  socket_type: 'stream, dgram, raw, rdm, seqpacket, tli, xti, sunrpc_tcp, sunrpc_udp',
  protocol: 'protocol without prefix and suffixes (`tcp` of `rpc/tcp6,sndbuf=1k`)',
  wait: 'yes or no',
  user: 'user name',
  group: 'group name',
  server: 'path of the server, or `internal`',
  port: 'port number, where the service is given by number',
  bind: 'addresses in front of the service',
  rpc_number: 'program number of an RPC service',
  rpc_version: 'version, range or list of an RPC service',
  disable: 'yes, for an entry that is switched off',

  /** Not `server_args`: that has no argv[0] in xinetd.conf. */
  argv: 'argument vector of the server, argv[0] first',
  ip_version: '4, 6, 46 or 6only: the suffix of the protocol',
  nettype: 'transports of a Solaris RPC service',
  faith: 'KAME relay marker of the protocol',
  ttcp: 'T/TCP marker of the protocol',
  sndbuf: 'send buffer size, with `k` or `m`',
  rcvbuf: 'receive buffer size, with `k` or `m`',
  accept_max: 'limit of running instances (NetBSD)',
  accept_filter: 'accept filter and its argument (NetBSD)',
  receive_interface: 'interface index marker of the socket type (SCO)',
  wait_mode: 'wait word that says more than wait: `swait` (HP-UX), `wait/lc` (IRIX)',
  max_per_minute: 'starts in 60 s over all clients',
  max_per_ip_per_minute: 'starts in 60 s for one client address (NetBSD ip_max)',
  max_child: 'servers at the same time (FreeBSD)',
  max_connections_per_ip_per_minute: 'connections in 60 s for one client address (FreeBSD)',
  max_child_per_ip: 'servers at the same time for one client address (FreeBSD)',
  login_class: 'login class (FreeBSD)',
  user_keywords: 'keywords behind the user (DG/UX)',
  processors: 'processors of the server (NonStop)',
  server_optional: 'marker of a server that may be missing (IRIX)',
  socket_path: 'path of a UNIX socket',
  socket_user: 'owner of a UNIX socket (FreeBSD)',
  socket_group: 'group of a UNIX socket (FreeBSD)',
  socket_mode: 'octal mode of a UNIX socket (FreeBSD)',
  ipsec_policy: 'IPsec policy of a NetBSD definition',
} as const;

export type InetdKey = keyof typeof inetdKeys;
