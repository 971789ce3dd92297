import type { InetdAttribute } from './attribute.ts';

/**
 * What a line (or a NetBSD definition) of inetd.conf can say that xinetd.conf has no attribute for. The rest of a line
 * uses the attributes of xinetd.conf: `socket_type`, `protocol`, `wait`, `user`, `group`, `server`, `server_args`,
 * `bind`, `port`, `type`, `rpc_number`, `rpc_version`, `instances`, `per_source`.
 */
export const inetdAttributes: readonly InetdAttribute[] = [
  {
    name: 'max_per_minute',
    field: 'wait',
    form: 'nowait.40, nowait:40, service_max=40',
    restricts: true,
    documentation:
      'Starts of the server in 60 seconds over all clients; with more, the service is off for ten minutes.',
  },
  {
    name: 'max_per_ip_per_minute',
    field: 'wait',
    form: 'nowait/0/60, ip_max=60',
    restricts: true,
    documentation: 'Connections of one client address in 60 seconds; further ones are dropped.',
  },
  {
    name: 'accept_max',
    field: 'socket type',
    form: 'stream,5, accept_max=5',
    restricts: true,
    documentation: 'Running servers at which the daemon stops accepting until one ends.',
  },
  {
    name: 'accept_filter',
    field: 'socket type',
    form: 'stream:httpready, acceptfilter=httpready',
    restricts: false,
    documentation: 'A filter of the kernel that holds connections back until there is something to read.',
  },
  {
    name: 'ip_version',
    field: 'protocol',
    form: 'tcp4, tcp6, tcp46, tcp6only',
    restricts: true,
    documentation: 'The IP versions of the socket: 4, 6, 46 for both on one socket, 6only.',
  },
  {
    name: 'nettypes',
    field: 'protocol',
    form: 'rpc/datagram_v, rpc/tcp,udp, rpc/*',
    restricts: false,
    documentation: 'The transports of an RPC service, by name or by kind (Solaris).',
  },
  {
    name: 'send_buffer',
    field: 'protocol',
    form: 'tcp,sndbuf=64k, sndbuf=64k',
    restricts: false,
    documentation: 'The send buffer of the socket in bytes.',
  },
  {
    name: 'receive_buffer',
    field: 'protocol',
    form: 'tcp,rcvbuf=64k, recvbuf=64k',
    restricts: false,
    documentation: 'The receive buffer of the socket in bytes.',
  },
  {
    name: 'faith',
    field: 'protocol',
    form: 'faith/tcp, tcp/faith',
    restricts: false,
    documentation: 'A relay from IPv6 to IPv4 (KAME); no system has it any more.',
  },
  {
    name: 'ttcp',
    field: 'protocol',
    form: 'tcp/ttcp',
    restricts: false,
    documentation: 'TCP for transactions; no system has it any more.',
  },
  {
    name: 'receive_interface',
    field: 'socket type',
    form: 'dgram/i',
    restricts: false,
    documentation: 'Tells the server on which interface a datagram came in (SCO).',
  },
  {
    name: 'unix_path',
    field: 'service',
    form: '/run/service.sock with protocol unix',
    restricts: false,
    documentation: 'The path of a UNIX socket.',
  },
  {
    name: 'socket_owner',
    field: 'service',
    form: ':user:group:mode:/run/service.sock',
    restricts: true,
    documentation: 'Owner, group and mode of a UNIX socket (FreeBSD).',
  },
  {
    name: 'login_class',
    field: 'user',
    form: 'user/class',
    restricts: true,
    documentation: 'The login class whose limits and environment the server gets (FreeBSD).',
  },
  {
    name: 'user_keywords',
    field: 'user',
    form: 'user:net, user:trusted',
    restricts: false,
    documentation: 'Keywords behind the user (DG/UX).',
  },
  {
    name: 'processors',
    field: 'user',
    form: '[0-3,5] before the server',
    restricts: false,
    documentation: 'The processors on which the server may run (NonStop).',
  },
  {
    name: 'server_optional',
    field: 'server',
    form: '?/usr/etc/ftpd',
    restricts: false,
    documentation: 'No complaint when the program is missing (IRIX).',
  },
  {
    name: 'wait_mode',
    field: 'wait',
    form: 'swait, wait/lc',
    restricts: false,
    documentation: 'A kind of `wait` that only one system has.',
  },
  {
    name: 'ipsec_policy',
    field: 'directive',
    form: '#@ in ipsec esp/transport//require, ipsec="..."',
    restricts: true,
    documentation: 'The IPsec policy of the socket.',
  },
];
