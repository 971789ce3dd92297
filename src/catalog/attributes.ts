import type { CatalogueAttribute, NumberWord, SectionUse, ValueCount } from './attribute.ts';
import {
  failureLogOptions,
  serviceFlags,
  serviceTypes,
  socketTypes,
  successLogOptions,
  yesNo,
} from './keywords.ts';

const one: ValueCount = { min: 1, max: 1 };
const two: ValueCount = { min: 2, max: 2 };
const some: ValueCount = { min: 1, max: Number.POSITIVE_INFINITY };
const any: ValueCount = { min: 0, max: Number.POSITIVE_INFINITY };

const once: SectionUse = { operators: ['set'], repeatable: false };
const cumulative: SectionUse = { operators: ['set', 'add', 'remove'], repeatable: true };

const boolean = { kind: 'keyword', keywords: yesNo } as const;
const unlimited: NumberWord = { name: 'UNLIMITED', value: null };
const count = { kind: 'integer', min: 0, max: 2 ** 31 - 1, words: [unlimited] } as const;
const size = { kind: 'size', words: [unlimited] } as const;

type Facts = Partial<CatalogueAttribute> &
  Pick<CatalogueAttribute, 'name' | 'value' | 'absent' | 'documentation' | 'example'>;

/** One value, once, in a service only, unless said otherwise. */
function attribute(facts: Facts): CatalogueAttribute {
  return {
    aliases: [],
    count: one,
    service: once,
    defaults: null,
    inheritance: null,
    defaultWords: null,
    required: null,
    restricts: false,
    ...facts,
  };
}

/**
 * The attributes of xinetd.conf, complete as of 2.3.15.3 (reference 4 and 5), in the order in which `convert` and
 * `fmt` write them.
 *
 * `flags` stands before `server_args` on purpose: the daemon reads the arguments by the flags it has seen so far, and
 * NAMEINARGS behind them leaves argv empty.
 */
export const attributes: readonly CatalogueAttribute[] = [
  attribute({
    name: 'disable',
    value: boolean,
    defaultWords: ['no'],
    absent: 'the service runs',
    documentation:
      'Switches the service off. The daemon stops reading the entry at `disable = yes`, so nothing behind it is checked. `disable = no` also revives an entry whose earlier attributes were wrong.',
    example: 'disable = yes',
  }),
  attribute({
    name: 'type',
    value: { kind: 'keywords', keywords: serviceTypes },
    count: some,
    absent: 'an ordinary service of the services file',
    documentation:
      'What kind of service this is: RPC, built in, not listed in the services file, reached through tcpmux. Several kinds stand on one line.',
    example: 'type = UNLISTED',
  }),
  attribute({
    name: 'id',
    value: { kind: 'word' },
    absent: 'the service name',
    documentation:
      'Tells entries of one name apart, for instance a stream and a dgram service, in logs and in `enabled` and `disabled`.',
    example: 'id = echo-dgram',
  }),
  attribute({
    name: 'flags',
    value: { kind: 'keywords', keywords: serviceFlags },
    count: some,
    absent: 'none; an address family is added by the bind address, else IPv6 (which takes IPv4 clients too)',
    documentation:
      'Switches for the service. NAMEINARGS must stand before `server_args`, and the family must fit the bind address: otherwise the daemon drops the address and listens everywhere.',
    example: 'flags = IPv4 KEEPALIVE',
  }),
  attribute({
    name: 'socket_type',
    value: { kind: 'keyword', keywords: socketTypes },
    absent: 'stream for tcp, dgram for udp',
    required: { when: 'the protocol is neither tcp nor udp' },
    documentation: 'The type of the socket. It decides together with `wait` what the server is handed.',
    example: 'socket_type = stream',
  }),
  attribute({
    name: 'protocol',
    value: { kind: 'protocol' },
    absent: 'tcp for stream, udp for dgram',
    required: { when: 'the socket type is neither stream nor dgram, or the service is UNLISTED' },
    documentation:
      'A name of the protocols file. A listed service is looked up with the protocol as it is spelled, so `TCP` finds nothing.',
    example: 'protocol = tcp',
  }),
  attribute({
    name: 'port',
    value: { kind: 'integer', min: 0, max: 65535, words: [] },
    absent: 'taken from the services file',
    required: { when: 'the service is UNLISTED and neither RPC nor a TCPMUX client' },
    documentation:
      'The port number. It must be the one of the services file unless the service is UNLISTED; 0 lets the kernel choose.',
    example: 'port = 8080',
  }),
  attribute({
    name: 'rpc_number',
    value: { kind: 'integer', min: 0, max: 2 ** 31 - 1, words: [] },
    absent: 'taken from the rpc file',
    required: { when: 'the service is RPC and UNLISTED' },
    documentation: 'The program number of an RPC service that is not in the rpc file.',
    example: 'rpc_number = 200001',
  }),
  attribute({
    name: 'rpc_version',
    value: { kind: 'version-range' },
    absent: 'none',
    required: { when: 'the service is RPC' },
    documentation: 'The version of an RPC service, or the range of versions, that is registered.',
    example: 'rpc_version = 2-4',
  }),
  attribute({
    name: 'bind',
    aliases: ['interface'],
    value: { kind: 'address' },
    defaults: once,
    inheritance: 'after-reading',
    absent: 'all addresses',
    restricts: true,
    documentation:
      'The one address to listen on. With two values the line is ignored and the service listens on all addresses; a host name is resolved once, when the file is read.',
    example: 'bind = 127.0.0.1',
  }),
  attribute({
    name: 'v6only',
    value: boolean,
    defaults: once,
    inheritance: 'after-reading',
    defaultWords: ['no'],
    absent: 'an IPv6 socket takes IPv4 clients too',
    restricts: true,
    documentation:
      'Whether an IPv6 socket refuses IPv4 clients. In 2.3.15.3 any value in a service switches it on, `no` included, and in `defaults` it has no effect.',
    example: 'v6only = yes',
  }),
  attribute({
    name: 'wait',
    value: boolean,
    absent: 'the service does not start',
    required: 'always',
    documentation:
      'Whether the server gets the listening socket and the daemon waits until it ends (yes), or one server is started for each connection (no). Datagram services need yes. The server of a stream service with yes accepts its clients itself: `xcfg serve` does not start an entry that restricts them by address, time, load or number for each address.',
    example: 'wait = no',
  }),
  attribute({
    name: 'user',
    value: { kind: 'user' },
    absent: 'the service does not start',
    required: { when: 'the service is not INTERNAL' },
    restricts: true,
    documentation:
      'The user that the server runs as: a name of the passwd file, or a number, in which case the group gets the same number.',
    example: 'user = nobody',
  }),
  attribute({
    name: 'group',
    value: { kind: 'group' },
    absent: 'the primary group of the user',
    restricts: true,
    documentation: 'The group that the server runs as, a name of the group file or a number.',
    example: 'group = nogroup',
  }),
  attribute({
    name: 'groups',
    value: boolean,
    defaults: once,
    inheritance: 'after-reading',
    defaultWords: ['no'],
    absent: 'no supplementary groups',
    documentation: 'Whether the server gets the supplementary groups of its user.',
    example: 'groups = yes',
  }),
  attribute({
    name: 'umask',
    value: { kind: 'octal', max: 0o777 },
    defaults: once,
    inheritance: 'after-reading',
    absent: "the daemon's own, with write access for group and others masked",
    restricts: true,
    documentation: 'The file mode mask of the server, in octal.',
    example: 'umask = 022',
  }),
  attribute({
    name: 'server',
    value: { kind: 'path' },
    absent: 'the service does not start',
    required: { when: 'the service is neither INTERNAL nor redirected' },
    documentation:
      'The absolute path of the program. It must be executable when the configuration is read; it is not searched for in PATH.',
    example: 'server = /usr/sbin/in.telnetd',
  }),
  attribute({
    name: 'server_args',
    value: { kind: 'arguments' },
    count: some,
    absent: 'argv holds the base name of the server alone',
    documentation:
      'Arguments of the program, without argv[0] unless NAMEINARGS is set. Words end at blanks; there is no quoting, so no argument can hold a blank.',
    example: 'server_args = -l -a',
  }),
  attribute({
    name: 'redirect',
    value: { kind: 'host-and-port' },
    count: two,
    absent: 'a server is started',
    documentation:
      'Passes the connection on to a host and a port (number or tcp service name) instead of starting a server. Only for stream services with `wait = no`; a user is still required.',
    example: 'redirect = 192.0.2.7 80',
  }),
  attribute({
    name: 'only_from',
    value: { kind: 'address-patterns' },
    count: any,
    service: cumulative,
    defaults: cumulative,
    inheritance: 'at-entry',
    absent: 'everyone is served',
    restricts: true,
    documentation:
      'Who is served. Words are addresses (trailing zero octets of IPv4 are wildcards), `address/prefix`, factorised addresses such as `10.1.{2,3}`, host names, `.domain` names and network names. An empty list serves nobody. Not kept for a stream service with `wait = yes`, see `wait`.',
    example: 'only_from = 192.0.2.0/24 .example.org',
  }),
  attribute({
    name: 'no_access',
    value: { kind: 'address-patterns' },
    count: any,
    service: cumulative,
    defaults: cumulative,
    inheritance: 'at-entry',
    absent: 'nobody is refused',
    restricts: true,
    documentation:
      'Who is refused, in the forms of `only_from`. When both lists match a client, the manual lets the better match decide; 2.3.15.3 refuses. Not kept for a stream service with `wait = yes`, see `wait`.',
    example: 'no_access = 192.0.2.66',
  }),
  attribute({
    name: 'access_times',
    value: { kind: 'time-intervals' },
    count: some,
    absent: 'the service is available all day',
    restricts: true,
    documentation:
      'When the service is available, as intervals of local time, both ends included. Hours are 0 to 23, so 24:00 is wrong, and an interval cannot pass midnight. Not kept for a stream service with `wait = yes`, see `wait`.',
    example: 'access_times = 08:00-12:00 13:00-18:00',
  }),
  attribute({
    name: 'instances',
    value: count,
    defaults: once,
    inheritance: 'after-reading',
    defaultWords: ['UNLIMITED'],
    absent: 'no limit',
    restricts: true,
    documentation: 'How many servers of the service may run at a time; further clients are refused.',
    example: 'instances = 20',
  }),
  attribute({
    name: 'per_source',
    value: count,
    defaults: once,
    inheritance: 'after-reading',
    defaultWords: ['UNLIMITED'],
    absent: 'no limit',
    restricts: true,
    documentation:
      'How many servers of the service may run for one client address. Not kept for a stream service with `wait = yes`, see `wait`.',
    example: 'per_source = 5',
  }),
  attribute({
    name: 'cps',
    value: { kind: 'integer', min: 0, max: 2 ** 32 - 1, words: [] },
    count: two,
    defaults: once,
    inheritance: 'after-reading',
    defaultWords: ['50', '10'],
    absent: '50 connections a second, then 10 seconds off',
    restricts: true,
    documentation:
      'How many connections a second the service takes, and for how many seconds it is switched off for everyone when there are more. A rate of 0 is no limit.',
    example: 'cps = 25 30',
  }),
  attribute({
    name: 'max_load',
    value: { kind: 'decimal' },
    defaults: once,
    inheritance: 'after-reading',
    absent: 'no limit',
    restricts: true,
    documentation:
      'The load average of one minute at which clients are refused. Not kept for a stream service with `wait = yes`, see `wait`.',
    example: 'max_load = 3.5',
  }),
  attribute({
    name: 'nice',
    value: { kind: 'integer', min: -(2 ** 31), max: 2 ** 31 - 1, words: [] },
    defaultWords: ['0'],
    absent: "the daemon's own priority",
    documentation: 'The priority of the server, as in nice(2).',
    example: 'nice = 10',
  }),
  attribute({
    name: 'rlimit_as',
    value: size,
    absent: "the daemon's own limit",
    restricts: true,
    documentation: 'Address space of the server in bytes, `K` and `M` allowed. 0 sets no limit.',
    example: 'rlimit_as = 64M',
  }),
  attribute({
    name: 'rlimit_cpu',
    value: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, words: [unlimited] },
    absent: "the daemon's own limit",
    restricts: true,
    documentation: 'Processor time of the server in seconds. 0 sets no limit.',
    example: 'rlimit_cpu = 20',
  }),
  attribute({
    name: 'rlimit_data',
    value: size,
    absent: "the daemon's own limit",
    restricts: true,
    documentation: 'Data segment of the server in bytes, `K` and `M` allowed. 0 sets no limit.',
    example: 'rlimit_data = 16M',
  }),
  attribute({
    name: 'rlimit_rss',
    value: size,
    absent: "the daemon's own limit",
    restricts: true,
    documentation: 'Resident memory of the server in bytes, `K` and `M` allowed. 0 sets no limit.',
    example: 'rlimit_rss = 32M',
  }),
  attribute({
    name: 'rlimit_stack',
    value: size,
    absent: "the daemon's own limit",
    restricts: true,
    documentation: 'Stack of the server in bytes, `K` and `M` allowed. 0 sets no limit.',
    example: 'rlimit_stack = 8M',
  }),
  attribute({
    name: 'rlimit_files',
    value: size,
    absent: "the daemon's own hard limit",
    restricts: true,
    documentation: 'How many files the server may have open.',
    example: 'rlimit_files = 64',
  }),
  attribute({
    name: 'env',
    value: { kind: 'assignments' },
    count: any,
    service: { operators: ['set', 'add'], repeatable: true },
    absent: 'nothing is added to the environment',
    documentation:
      'Variables added to the environment of the server. `=` forgets what earlier lines of the entry gave; a value cannot hold a blank.',
    example: 'env = LANG=C PATH=/usr/bin',
  }),
  attribute({
    name: 'passenv',
    value: { kind: 'variable-names' },
    count: any,
    service: cumulative,
    defaults: cumulative,
    inheritance: 'both',
    absent: 'the whole environment of the daemon is passed on',
    restricts: true,
    documentation:
      "Which variables of the daemon's own environment reach the server. An empty list passes none; unknown names are left out.",
    example: 'passenv = PATH TZ',
  }),
  attribute({
    name: 'banner',
    value: { kind: 'path' },
    defaults: once,
    inheritance: 'at-entry',
    absent: 'nothing is sent',
    documentation: 'A file that is sent to every client of a stream service before anything is checked.',
    example: 'banner = /etc/issue.net',
  }),
  attribute({
    name: 'banner_success',
    value: { kind: 'path' },
    defaults: once,
    inheritance: 'at-entry',
    absent: 'nothing is sent',
    documentation: 'A file that is sent to clients that are served.',
    example: 'banner_success = /etc/welcome',
  }),
  attribute({
    name: 'banner_fail',
    value: { kind: 'path' },
    defaults: once,
    inheritance: 'at-entry',
    absent: 'nothing is sent',
    documentation: 'A file that is sent to clients that are refused.',
    example: 'banner_fail = /etc/go-away',
  }),
  attribute({
    name: 'deny_time',
    value: {
      kind: 'integer',
      min: -1,
      max: 2 ** 31 - 1,
      words: [
        { name: 'FOREVER', value: -1 },
        { name: 'NEVER', value: 0 },
      ],
    },
    defaultWords: ['NEVER'],
    absent: 'the address is only logged',
    documentation: 'For how many minutes a client that touched a SENSOR service is denied by all services.',
    example: 'deny_time = 60',
  }),
  attribute({
    name: 'libwrap',
    value: { kind: 'word' },
    absent: 'the base name of the program, or the name of an internal service',
    documentation: 'The daemon name that is looked up in hosts.allow and hosts.deny.',
    example: 'libwrap = in.telnetd',
  }),
  attribute({
    name: 'log_type',
    value: { kind: 'log-type' },
    count: some,
    defaults: cumulative,
    inheritance: 'after-reading',
    absent: 'the service log is not written',
    documentation:
      'Where the service log goes: `SYSLOG facility [level]`, or `FILE path [soft [hard]]` with limits of its size. In `defaults` a second one is fatal.',
    example: 'log_type = SYSLOG daemon info',
  }),
  attribute({
    name: 'log_on_success',
    value: { kind: 'keywords', keywords: successLogOptions },
    count: any,
    service: cumulative,
    defaults: cumulative,
    inheritance: 'both',
    absent: 'nothing is logged about clients that are served',
    documentation: 'What is logged about clients that are served and servers that end.',
    example: 'log_on_success = HOST PID EXIT DURATION',
  }),
  attribute({
    name: 'log_on_failure',
    value: { kind: 'keywords', keywords: failureLogOptions },
    count: any,
    service: cumulative,
    defaults: cumulative,
    inheritance: 'both',
    absent: 'nothing is logged about clients that are refused',
    documentation: 'What is logged about clients that are refused.',
    example: 'log_on_failure = HOST ATTEMPT',
  }),
  attribute({
    name: 'enabled',
    value: { kind: 'service-ids' },
    count: any,
    service: null,
    defaults: cumulative,
    absent: 'every entry counts',
    restricts: true,
    documentation:
      'Only the services with these ids run. The operator is ignored: `-=` adds too. An empty list switches everything off. Entries with `disable = yes` stay off.',
    example: 'enabled = ftp telnet',
  }),
  attribute({
    name: 'disabled',
    value: { kind: 'service-ids' },
    count: any,
    service: null,
    defaults: cumulative,
    absent: 'no entry is switched off',
    restricts: true,
    documentation:
      'The services with these ids do not run, even when `enabled` names them. The operator is ignored: `-=` adds too.',
    example: 'disabled = tftp',
  }),
];
