/** A word with a meaning of its own, with one sentence about it. */
export interface Keyword {
  readonly name: string;
  readonly documentation: string;
}

const word = (name: string, documentation: string): Keyword => ({ name, documentation });

/*
 * Order matters: it is the order in which the state dump of xinetd lists what an entry has, and so the one in which
 * the model lists it. Keywords of xinetd compare without case.
 */

export const yesNo = [word('yes', 'Switched on.'), word('no', 'Switched off.')] as const;

/** The list of `type` (reference 4.2). */
export const serviceTypes = [
  word('RPC', 'Registered with the portmapper; the kernel chooses the port.'),
  word('INTERNAL', 'Built into the daemon and chosen by the service name: echo, discard, time, ...'),
  word(
    'UNLISTED',
    'Not looked up in the services (or rpc) file: the port (or program number) must be given.',
  ),
  word('SPECIAL', 'For services of the daemon itself; makes no sense in a file.'),
  word('TCPMUX', 'Reached through the tcpmux port; the server itself sends the `+` reply.'),
  word('TCPMUXPLUS', 'Reached through the tcpmux port; the daemon sends `+Go` before it starts the server.'),
] as const;

/** The list of `flags` (reference 4.3). */
export const serviceFlags = [
  word('REUSE', 'Accepted without effect: SO_REUSEADDR is always set.'),
  word(
    'INTERCEPT',
    'Puts a checking process in front of a server with `wait = yes`; does not work in 2.3.15.3.',
  ),
  word('NORETRY', 'No further attempt after a failed fork.'),
  word('IDONLY', 'Serves only clients whose host answers an RFC 1413 query; needs USERID in log_on_success.'),
  word('NAMEINARGS', 'The first word of server_args is argv[0]; must stand before server_args.'),
  word('NODELAY', 'Sets TCP_NODELAY on the listening socket.'),
  word('KEEPALIVE', 'Sets SO_KEEPALIVE on the listening socket and on the outgoing one of a redirect.'),
  word('NOLIBWRAP', 'Does not consult hosts.allow and hosts.deny.'),
  word('SENSOR', 'A trap: whoever connects is denied by every service for deny_time.'),
  word('IPv4', 'Listens on an IPv4 address.'),
  word('IPv6', 'Listens on an IPv6 address, and on IPv4 too unless v6only is set.'),
  word('LABELED', 'Starts the server in the SELinux context of the peer.'),
] as const;

/** Values of `socket_type`. `rdm` is known to inetd.conf only. */
export const socketTypes = [
  word('stream', 'Connections, as with TCP.'),
  word('dgram', 'Datagrams, as with UDP.'),
  word('raw', 'Direct access to IP.'),
  word('seqpacket', 'Datagrams in sequence over a connection.'),
] as const;

export const logTypes = [
  word('SYSLOG', 'To the system log: facility, and a level (`info` when there is none).'),
  word('FILE', 'To a file: path, and a soft and a hard limit for its size.'),
] as const;

export const syslogFacilities = [
  word('daemon', 'System services.'),
  word('auth', 'Security and authorisation.'),
  word('authpriv', 'Security and authorisation, private.'),
  word('user', 'User processes.'),
  word('mail', 'The mail system.'),
  word('lpr', 'Printing.'),
  word('news', 'Network news.'),
  word('uucp', 'UUCP.'),
  word('ftp', 'File transfer.'),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => word(`local${n}`, `Free for local use, number ${n}.`)),
];

export const syslogLevels = [
  word('emerg', 'The system cannot be used.'),
  word('alert', 'Something must be done at once.'),
  word('crit', 'A critical condition.'),
  word('err', 'An error.'),
  word('warning', 'A warning.'),
  word('notice', 'Normal but worth knowing.'),
  word('info', 'Information; used when no level is given.'),
  word('debug', 'For finding faults.'),
] as const;

/** Options of `log_on_success` (reference 4.5). */
export const successLogOptions = [
  word('HOST', 'The address of the client.'),
  word('DURATION', 'How long the server ran.'),
  word('EXIT', 'That the server ended, and with which status or signal.'),
  word('PID', 'The process id of the server; 0 for services inside the daemon.'),
  word('USERID', "The user, as the client's host tells it (RFC 1413); stream services only."),
  word('TRAFFIC', 'Bytes in both directions; only for a redirect.'),
] as const;

/** Options of `log_on_failure`. */
export const failureLogOptions = [
  word('HOST', 'The address of the client.'),
  word('ATTEMPT', 'That there was an attempt; every other option implies it.'),
  word('USERID', "The user, as the client's host tells it (RFC 1413)."),
] as const;

/** An option of the log lists that old files hold and 2.3.15 no longer knows. */
export const retiredLogOptions = [
  word('RECORD', 'Recorded what the client sent; removed from xinetd long ago.'),
] as const;

/** Services inside the daemon, with the socket types in which they exist. */
export const builtInServices = [
  { name: 'echo', socketTypes: ['stream', 'dgram'] },
  { name: 'discard', socketTypes: ['stream', 'dgram'] },
  { name: 'time', socketTypes: ['stream', 'dgram'] },
  { name: 'daytime', socketTypes: ['stream', 'dgram'] },
  { name: 'chargen', socketTypes: ['stream', 'dgram'] },
  { name: 'tcpmux', socketTypes: ['stream'] },
] as const;

/** The built-in service of a name, whatever its case. */
export function findBuiltInService(name: string): (typeof builtInServices)[number] | undefined {
  const lower = name.toLowerCase();
  return builtInServices.find((service) => service.name === lower);
}

/** The keyword that a word means, whatever its case. */
export function findKeyword<K extends Keyword>(keywords: readonly K[], text: string): K | undefined {
  let byName = indexes.get(keywords) as ReadonlyMap<string, K> | undefined;
  if (byName === undefined) {
    byName = new Map(keywords.map((keyword) => [keyword.name.toLowerCase(), keyword]));
    indexes.set(keywords, byName);
  }
  return byName.get(text.toLowerCase());
}

/** By the name in lower case, of each list that somebody has looked into. */
const indexes = new WeakMap<readonly Keyword[], ReadonlyMap<string, Keyword>>();
