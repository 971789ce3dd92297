/** What a remark of a conversion means; with two levels the text says when it is which. */
export interface CodeMeaning {
  readonly level: 'E' | 'W' | 'I' | 'I or W';
  readonly meaning: string;
  /** The result means what the source means, but who reads it may have meant something else: left out of JSON. */
  readonly isNote?: true;
}

const error = (meaning: string): CodeMeaning => ({ level: 'E', meaning });
const warning = (meaning: string): CodeMeaning => ({ level: 'W', meaning });
const info = (meaning: string): CodeMeaning => ({ level: 'I', meaning });
const note = (meaning: string): CodeMeaning => ({ level: 'I', meaning, isNote: true });

/** Every code that a conversion gives its remarks by itself; what is wrong with the text has the codes of its reader. */
export const conversionCodes = {
  'accept-filter-lost': warning('The accept filter of the line has no counterpart.'),
  'access-lost': error('Access rules cannot be kept, so that more clients would be let in.'),
  'access-times': error('The service is reachable at all times of the day.'),
  'account-name': error('systemd takes no user or group of this name; nothing is written.'),
  'address-family': error('The address is of another family than the protocol names.'),
  'arg-quotes': error('The dialect has no way to write a word with these quotes or blanks.'),
  'arg-whitespace': error(
    'xinetd has no quotes: no argument can be empty or hold blanks. Use a wrapper script.',
  ),
  'argv0-lost': warning('Behind tcpd a server is called by its path, whatever name it had.'),
  'bad-line': error('The line is neither a service nor a directive.'),
  'bad-port': error('Port numbers go from 1 to 65535.'),
  'bad-protocol': error('There is no such protocol, or not with this socket type.'),
  'bad-socket-type': error('There is no such socket type.'),
  'bad-wait': error('The word is neither wait nor nowait, or the number behind it is none.'),
  'banner-lost': warning('The banner is not shown.'),
  'bind-family': warning('xinetd drops an address that does not suit the family; the result keeps it.'),
  'bind-hostname': warning('xinetd resolves the name of the address once, at its start.'),
  'bind-lost': error('The dialect has no address in front of a service.'),
  'bind-name': error('systemd listens on numeric addresses only.'),
  'byte-order-mark': warning('The byte order mark is dropped.'),
  continuation: info('A line that begins with white space goes on with the service above.'),
  'cps-approx': warning(
    'What exceeds the rate waits in the queue; the service is not switched off for a while.',
  ),
  'cps-lost': warning('There is no limit of the rate any more.'),
  crlf: warning('Carriage returns at line ends are dropped.'),
  'default-address': info('The address holds for the lines below.'),
  'dgram-nowait': warning('A server of datagrams takes all that wait, as with wait.'),
  duplicate: warning(
    'Another entry listens on the same place: this one is disabled, or takes one family only.',
  ),
  'empty-group': warning('The group behind the user is empty and dropped.'),
  'env-lost': warning('The variable cannot be set.'),
  'faith-lost': warning('The relay of KAME exists no more.'),
  'family-shared': info(
    'IPv4 and IPv6 clients of a port belong to different lines, as they do to openbsd-inetd.',
  ),
  'group-lost': warning('The dialect has no group in its user field.'),
  'groups-added': info('The supplementary groups of the user are always set; xinetd did not set them.'),
  idonly: error('Clients without an ident answer are served.'),
  'include-lost': error('Included files are not read; convert them one by one.'),
  'indented-comment': warning(
    'An indented comment is taken for one; to most daemons its words are arguments.',
  ),
  'indented-first': warning('White space in front of a service that continues nothing.'),
  'instances-lost': warning('There is no limit of servers any more.'),
  'instances-zero': error('A limit of no servers at all closes the service; elsewhere 0 is no limit.'),
  'intercept-lost': warning('Packets are not intercepted.'),
  internal: error('systemd has no built-in services; --emulate-internal starts small programs for some.'),
  'internal-args': info('Words behind `internal` have no meaning.'),
  'ip-filter': warning('systemd drops packets: clients see a timeout, and nothing is logged.'),
  'ipsec-lost': warning('The IPsec policy is kept as a comment only.'),
  'keepalive-lost': warning('KEEPALIVE is not set.'),
  'labeled-lost': warning('The server does not get the SELinux label of its client.'),
  libwrap: {
    level: 'I or W',
    meaning: 'hosts.allow and hosts.deny are no longer consulted; a warning where they hold a rule.',
  },
  'libwrap-active': note('xinetd consults hosts.allow for every service, plain inetd only through tcpd.'),
  'libwrap-lost': warning('Plain inetd does not consult hosts.allow; --tcpd keeps it.'),
  'libwrap-name': warning('The name for hosts.allow is lost: systemd consults none.'),
  'limit-refuses': info('FreeBSD lets clients wait at its limit of servers, xinetd closes the connection.'),
  log: info('The log goes elsewhere: to the journal, or nowhere with inetd.'),
  'login-class-lost': warning('The login class has no counterpart.'),
  'long-line': error('The daemon cuts lines of this length.'),
  'max-load-lost': warning('Services run also under high load.'),
  'mdns-lost': warning('inetd announces no services.'),
  'missing-field': error('The line has fewer fields than a service needs.'),
  'netbsd-keyvalue': error('Definitions of NetBSD (`service on key = value;`) are not converted.'),
  'nice-lost': warning('The priority is not set; nice(1) in front of the server does it.'),
  'no-access-name': error('A name in no_access cannot be kept; without it the service would be open.'),
  'no-argv0': warning('The line has no program name behind the path.'),
  'nodelay-lost': warning('NODELAY is not set.'),
  noretry: info('NORETRY has no counterpart and needs none.'),
  'nul-byte': error('The daemons do not see what follows a NUL byte.'),
  'numeric-user': warning('inetd looks users up by name; to xinetd the number is uid and gid.'),
  'only-from-name': warning('A name in only_from is left out: its clients are refused.'),
  passenv: info('The values come from the environment of the service manager.'),
  'passenv-lost': warning('inetd hands its whole environment down.'),
  'per-ip-rate-lost': warning('There is no limit of the connections of one client in a minute any more.'),
  'per-source-lost': warning('There is no limit of the servers of one client any more.'),
  'per-source-zero': error(
    'A limit of no servers for each client closes the service; elsewhere 0 is no limit.',
  ),
  port: error('The number of the port is not known.'),
  'port-number': error('The dialect looks services up by name, and the port has none.'),
  protocol: error('systemd has no sockets of this protocol.'),
  'rate-approx': warning(
    'inetd counts starts in a minute, xinetd in a second: the limit is near, not equal.',
  ),
  'rate-default': info('Keeps the rate of xinetd instead of the low default of inetd.'),
  'rate-permanent': warning(
    'Above the rate systemd before 255 stops the socket until it is restarted by hand.',
  ),
  rdm: error('There are no rdm sockets.'),
  redirect: error('inetd connects to no other host; a server like socat does.'),
  'remote-host': info('systemd tells a script of its client in REMOTE_ADDR and REMOTE_PORT.'),
  reuse: info('REUSE has no counterpart and needs none.'),
  'rlimit-lost': warning('The resource limit is not set; a wrapper script can set it.'),
  rpc: error('systemd registers no RPC programs, and some dialects do not, either.'),
  'rpc-internal': error('There are no built-in RPC services.'),
  'rpc-number': error('inetd looks RPC programs up by name, and this number has none.'),
  'rpc-version': error('The version of the RPC program is missing, or none that the target takes.'),
  'rpc-version-default': info('FreeBSD takes version 1 where a line has none.'),
  sensor: error('Sensors, and the times for which they shut clients out, have no counterpart.'),
  'server-path': error('systemd starts no program of this path.'),
  'sockbuf-lost': warning('xinetd sets no sizes of socket buffers.'),
  'socket-path': error('systemd cannot listen on this path.'),
  'socket-type': error('systemd has no sockets of this type for ports.'),
  'tcpd-kept': warning('tcpd must be there on the target.'),
  tcpmux: error('The target has no services behind tcpmux.'),
  'tcpmux-added': info('GNU inetd opens the port of tcpmux by itself; the result has an entry for it.'),
  'tcpmux-implicit': warning(
    'A service that was out of reach becomes reachable: GNU inetd opens the tcpmux port.',
  ),
  'tcpmux-missing': warning('Services behind tcpmux need an entry for tcpmux itself.'),
  tli: error('The transports of TLI have no counterpart.'),
  'too-many-args': error('The dialect takes fewer words of argv.'),
  'too-old': error('The release of systemd has no address lists; without them the service would be open.'),
  'trailing-hash': note(
    'What looks like a comment behind the fields is none to this inetd: its words are arguments.',
  ),
  'ttcp-lost': warning('T/TCP exists no more.'),
  'umask-lost': warning('The umask is not set; a wrapper script can set it.'),
  'unix-socket': error('xinetd has no UNIX-domain services.'),
  'unknown-internal': error('The target has no built-in service of this name.'),
  'unknown-service': warning(
    'The name is in no table; inetd passes over such a line, the entry is disabled.',
  ),
  'user-dot': info('A user with a dot in the name exists, so that the dot cuts off no group.'),
  'user-nobody': warning('systemd warns that nobody is no safe user for a service.'),
  'v6only-lost': warning('The dialect takes IPv4 clients on IPv6 sockets.'),
  'v6only-no': info('v6only = no is taken as documented; xinetd 2.3.15.3 reads it as yes.'),
  'vendor-unit': warning('The unit hides one of the distribution; --prefix avoids it.'),
  'wait-case': warning('inetd compares the word exactly, so that it means nowait.'),
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type ConversionCode = keyof typeof conversionCodes;

/** The meaning of a code; undefined where a conversion has none of this name. */
export function meaningOfCode(code: string): CodeMeaning | undefined {
  return Object.hasOwn(conversionCodes, code) ? conversionCodes[code as ConversionCode] : undefined;
}

/** Whether a remark is for people only. */
export function isNote(code: string): boolean {
  return meaningOfCode(code)?.isNote === true;
}

const levelTexts: Readonly<Record<CodeMeaning['level'], string>> = {
  E: 'error: something was not converted, or a restriction was lost',
  W: 'warning: the meaning changed, or something harmless was lost',
  I: 'information',
  'I or W': 'information or warning',
};

/** A code as Markdown: a part of docs/conversion.md, and `xcfg explain`. */
export function codeSection(code: string, { level, meaning, isNote: forPeople }: CodeMeaning): string {
  const audience = forPeople ? ', for people: `--report json` leaves it out' : '';
  return `# ${code}\n\n${meaning}\n\n- Level: ${levelTexts[level]}${audience}\n`;
}
