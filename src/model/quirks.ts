import { deepestInclude, mostRepeatedReads } from './includes.ts';

/** One behaviour of the real daemon that a profile may have or not. */
export interface Quirk {
  /** What a user meets. */
  readonly area:
    | 'lines and sections'
    | 'attributes'
    | 'numbers'
    | 'addresses'
    | 'entries'
    | 'inetd.conf'
    | 'access'
    | 'messages';
  readonly daemon: string;
  /** What is done where a profile does not have it. */
  readonly instead: string;
  readonly why: string;
  /** Recorded cases in fixtures/oracle-xinetd, or how it was seen. */
  readonly evidence: readonly string[];
  /** A quirk that cannot be had without another one: both are one way of reading. */
  readonly partOf?: string;
}

/**
 * Every difference between the profiles. A profile is a set of these names; code asks for a name and never for a profile.
 * docs/compatibility.md is made from this table, and each name has a test under both profiles.
 */
const quirks = {
  'line-sections': {
    area: 'lines and sections',
    daemon:
      'Reads line by line. What it does not understand outside of entries, and every syntax error inside, swallows all lines up to the next one with only a closing brace.',
    instead:
      'Braces, section keywords and indentation together say where an entry ends; a fault costs the entry it is in, and no other.',
    why: 'One lost brace must not take the neighbours away.',
    evidence: ['sec-unknown-keyword', 'sec-missing-open-brace', 'lex-close-brace-same-line'],
  },
  'carriage-return-in-words': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon: 'The CR of a CRLF line end belongs to the last word, so `wait = no` becomes a bad value.',
    instead: 'CRLF ends a line as LF does.',
    why: 'Nobody who edits on another system means the character.',
    evidence: ['lex-crlf-defaults', 'lex-crlf-service-line'],
  },
  'byte-order-mark-in-words': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'A byte order mark at the start of the file belongs to the first word: a keyword behind it is unknown, and its section is swallowed.',
    instead: 'The mark says that the file is UTF-8, and nothing else.',
    why: 'Some editors write it, and nobody sees it.',
    evidence: ['lex-utf8-bom'],
  },
  'keyword-after-odd-space': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'Other white space than blanks and tabs (VT, FF, CR) in front of the first word of a section belongs to it: the keyword is unknown, and its section is swallowed.',
    instead: 'It is white space like any other.',
    why: 'Nobody sees it, and inside of a section the daemon passes over it too.',
    evidence: ['sec-keyword-after-vtab'],
  },
  'nul-ends-line': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon: 'A NUL byte ends the line: what follows on it is not seen.',
    instead: 'An entry with a NUL byte does not run.',
    why: 'Text that can be read and does not count hides a restriction.',
    evidence: ['lex-nul-in-value', 'lex-nul-first'],
  },
  'long-lines-cut': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'A line that fills its buffer (8192 to 16384 bytes) loses the byte at the end of it; the rest is read as a line of its own.',
    instead: 'Lines have any length.',
    why: 'The end of a long comment must not become configuration.',
    evidence: ['lex-long-line-16383-at-offset-2', 'lex-long-line-last-byte'],
  },
  'bare-word-reads-on': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon: 'A line of one word takes the text of the next lines for its operator and values.',
    instead: 'The entry does not run: an operator is missing.',
    why: 'It reads beyond the line by mistake.',
    evidence: ['lex-word-alone-indented', 'attr-unknown-no-operator'],
  },
  'disable-stops-reading': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon: '`disable = yes` ends the entry there; the lines behind it are passed over, up to a lone brace.',
    instead: 'The entry is read to its end, and none of it counts.',
    why: 'The end of the entry does not depend on what is in it.',
    evidence: ['def-enabled-vs-disable-yes'],
  },
  'fatal-defaults': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'An attribute error in `defaults` ends the daemon, with exit status 0, also when it reads its files again.',
    instead: 'The services that would have taken the attribute from `defaults` do not run; the others do.',
    why: 'A typo must neither open services nor stop those that it does not concern.',
    evidence: ['def-fatal-bad-log-flag', 'def-fatal-bad-address-comma', 'def-fatal-log-type-twice'],
  },
  'defaults-by-position': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'Lists, log options and banners of `defaults` reach only entries that stand behind it; limits reach all.',
    instead: '`defaults` counts for every service, wherever it stands.',
    why: 'The order of files must not decide who is let in.',
    evidence: ['def-before-service', 'incdir-with-defaults'],
  },
  'second-defaults-ignored': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon: 'A second `defaults` block in a file is passed over with a message.',
    instead: 'It counts; a single attribute in both closes the services that would take it.',
    why: 'It may hold a restriction.',
    evidence: ['def-two-in-file'],
  },
  'include-loops': {
    area: 'lines and sections',
    partOf: 'line-sections',
    daemon:
      'Files that include each other are read until no descriptors are left, then once more at each level.',
    instead: `A file is not read inside itself, by whatever name. Includes are followed ${deepestInclude} levels deep, and ${mostRepeatedReads} times into a file that was read before; beyond that a file counts as one that cannot be read.`,
    why: 'A loop is a mistake, and its result a matter of chance.',
    evidence: ['reference 2.3: 57 levels with 64 descriptors, 1017 with 1024'],
  },
  'unread-includes-skipped': {
    area: 'lines and sections',
    daemon:
      'An `include` or `includedir` that cannot be read is a line in the log; the services of the other files run.',
    instead:
      'Every service that the file could have restricted is not started: all of them, in inetd.conf those above the directive.',
    why: 'It may have held `defaults` with a restriction, a list of what is disabled, or another definition of the service.',
    evidence: ['inc-missing', 'incdir-file'],
  },
  'includedir-messages': {
    area: 'messages',
    partOf: 'line-sections',
    daemon:
      'Messages of `includedir` name the line of the file read before, and it says that reading failed when some call failed earlier.',
    instead: 'Messages name the line of the directive.',
    why: 'They are read by people.',
    evidence: ['incdir-good', 'incdir-error-lines'],
  },
  'sockets-while-loading': {
    area: 'entries',
    daemon: 'Sockets and logs are opened while the files are read; an entry without them is gone.',
    instead: 'What is configured does not depend on the moment; starting reports its own failures.',
    why: 'An address that is missing now can be there later.',
    evidence: ['attr-bind-not-local', 'attr-log-type-file-unwritable', 'chk-port-in-use-twice-tcp'],
  },
  'unplaced-messages': {
    area: 'messages',
    daemon: 'Messages about an entry as a whole name neither file nor line.',
    instead: 'They name the line where the entry begins.',
    why: 'Several entries may have one name.',
    evidence: ['attr-missing-user', 'chk-listed-unknown'],
  },
  'mild-severities': {
    area: 'messages',
    daemon: 'Some faults that cost the entry are logged as warnings.',
    instead: 'A fault that costs the entry is an error.',
    why: 'The level says what happened.',
    evidence: ['attr-type-bad', 'attr-log-success-bad'],
  },
  'ignored-lines': {
    area: 'attributes',
    daemon:
      'Unknown attributes, a wrong number of values, a second assignment and a wrong operator are warned of and the line is passed over: `bind = a b` listens on all addresses.',
    instead: 'The entry does not run. In `defaults` an attribute that holds nobody back is passed over.',
    why: 'The line may have been the restriction.',
    evidence: ['attr-bind-two-values', 'attr-unknown', 'attr-repeat', 'attr-plus-eq-type', 'def-wrong-count'],
  },
  'shared-disable-bit': {
    area: 'attributes',
    daemon:
      'An attribute error sets the bit of `disable`, so `disable = no` behind it, or the `enabled` list, starts the half-read service.',
    instead: 'Faults stay faults.',
    why: 'What failed may have been the restriction.',
    evidence: ['attr-disable-no-after-error', 'def-enabled-vs-error'],
  },
  'operator-ignored': {
    area: 'attributes',
    daemon: '`enabled -= x` and `disabled -= x` add x; `log_type -= ...` in `defaults` sets it.',
    instead: '`-=` removes; `log_type` takes `=` alone.',
    why: 'It is what the text says.',
    evidence: ['def-enabled-minus-eq'],
  },
  'record-option-removed': {
    area: 'attributes',
    daemon: 'The log option RECORD, long gone, costs the service.',
    instead: 'It is accepted, does nothing, and a warning says so.',
    why: 'Old files hold it, and nothing is lost with it.',
    evidence: ['attr-log-success-record', 'attr-log-failure-record'],
  },
  'no-midnight': {
    area: 'attributes',
    daemon: '`access_times` ends at 23:59 at the latest; the 24:00 of its own manual is an error.',
    instead: '24:00 is the end of the day.',
    why: 'The manual says so.',
    evidence: ['attr-access-times-24'],
  },
  'v6only-any-value': {
    area: 'attributes',
    daemon: 'Any value of `v6only` switches it on, `no` included.',
    instead: 'no means no.',
    why: 'It is what the text says.',
    evidence: ['attr-v6only-yes', 'reference 4.6'],
  },
  'v6only-defaults-ignored': {
    area: 'attributes',
    daemon: '`v6only` in `defaults` has no effect.',
    instead: 'It counts for the services that do not set it.',
    why: 'A restriction in `defaults` is meant.',
    evidence: ['reference 4.6'],
  },
  'nameinargs-order': {
    area: 'attributes',
    daemon: 'NAMEINARGS behind `server_args` leaves argv empty, and every server crashes.',
    instead: 'The order of lines does not matter.',
    why: 'It is not documented, and nobody means an empty argv.',
    evidence: ['chk-nameinargs-after'],
  },
  'loose-numbers': {
    area: 'numbers',
    daemon:
      'Numbers are cut to 32 bits, signs wrap around, text behind a load is passed over, a limit of 0 is none.',
    instead: 'A number is exact and within the bounds that are documented.',
    why: '`user = 4294967296` is root.',
    evidence: [
      'attr-instances-overflow',
      'attr-port-int-wrap',
      'attr-cps-negative',
      'attr-max-load-trailing',
      'attr-rlimit-negative',
    ],
  },
  'loose-addresses': {
    area: 'addresses',
    daemon: '`10.1` is the host 10.0.0.1, `010.0.0.1` is 8.0.0.1, an interface behind `%` is forgotten.',
    instead: 'Four decimal octets, or the word is unknown and the entry does not run.',
    why: 'The short forms look like networks and are none.',
    evidence: ['addr-cidr-short', 'addr-out-of-range', 'addr-ipv6-zone'],
  },
  'prefix-overflow': {
    area: 'addresses',
    daemon:
      'A prefix above 32 or below 0 is 32, so `/255.255.255.0` is one host; `/-0` and `/4294967296` are everybody; text behind the number is passed over.',
    instead: 'A dotted mask is read as one; anything else is an unknown word.',
    why: 'The list would match other clients than it says.',
    evidence: ['addr-cidr-dotted-mask', 'addr-cidr-33', 'addr-cidr-junk', 'addr-cidr-signed'],
  },
  'address-overflow': {
    area: 'addresses',
    daemon: '`10.1.2.{300}` is 10.1.3.44.',
    instead: 'An octet is 255 at most.',
    why: 'The list would match other clients than it says.',
    evidence: ['addr-factorised-big'],
  },
  'ipv6-128': {
    area: 'addresses',
    daemon: 'An IPv6 prefix of 128 never matches, a longer one writes beyond its memory.',
    instead: '128 is exactly one address; more is an unknown word.',
    why: 'It is what the text says.',
    evidence: ['reference 7'],
  },
  'network-names-exact': {
    area: 'addresses',
    daemon:
      'A name of the networks file becomes one address: `loopback` is 127.0.0.0/32. Zeros in front are dropped, 0.0.0.5 is 5.0.0.0/8; a number that cannot be read is 255.255.255.255.',
    instead:
      'It is the network: its trailing zero octets are wildcards. Without a number that can be read it is an unknown word.',
    why: 'The manual says so.',
    evidence: ['addr-network-name', 'addr-network-short', 'table-networks'],
  },
  'names-cut': {
    area: 'addresses',
    daemon: 'Of a host name or a domain in a list, the first 64 bytes count.',
    instead: 'A name counts as it is written.',
    why: 'Other clients would be meant.',
    evidence: ['addr-name-cut'],
  },
  'unknown-addresses-dropped': {
    area: 'addresses',
    daemon: 'A word that is no address and does not resolve is left out of the list, and the service runs.',
    instead: 'The entry does not run.',
    why: 'In `no_access` the word was to keep somebody out.',
    evidence: ['addr-hostname-unknown', 'addr-all-keyword', 'def-unparsable-address'],
  },
  'family-beats-bind': {
    area: 'entries',
    daemon:
      'A family flag that does not fit the bind address wins, and the service listens on all addresses.',
    instead: 'The entry does not run.',
    why: 'The address was a restriction.',
    evidence: ['reference 4.6'],
  },
  'bind-name-is-ipv6': {
    area: 'entries',
    daemon:
      'A name in `bind` with several addresses means its IPv6 address; where none is of IPv6 and no flag says IPv4, the entry is lost.',
    instead: 'The name means all of its addresses.',
    why: 'It is what the text says.',
    evidence: ['reference 4.6'],
  },
  'duplicates-need-bind': {
    area: 'entries',
    daemon:
      'Duplicates are found only behind an entry with a bind address; two UDP services then share a port without a word.',
    instead: 'The second entry for the same port, protocol and address does not run.',
    why: 'Which one would answer is a matter of chance.',
    evidence: ['chk-dup-udp-no-bind', 'chk-port-in-use-twice-tcp'],
  },
  'unlisted-by-type': {
    area: 'entries',
    daemon: 'A service with a port that the services file does not have needs `type = UNLISTED`.',
    instead: 'A port that is given is enough; one that differs from the services file is not.',
    why: 'There is nothing else it could mean.',
    evidence: ['chk-listed-unknown-with-port', 'attr-missing-type'],
  },
  'tcpmux-needs-unlisted': {
    area: 'entries',
    daemon: 'A TCPMUX service needs UNLISTED, though the manual makes it optional.',
    instead: 'TCPMUX implies UNLISTED.',
    why: 'The sample entry of the manual must run.',
    evidence: ['chk-tcpmux-not-unlisted', 'chk-tcpmux-manual-sample'],
  },
  'tcpmux-crash': {
    area: 'entries',
    daemon: 'A TCPMUX service without protocol and socket type crashes the daemon.',
    instead: 'The entry does not run.',
    why: 'A missing line must not stop the others.',
    evidence: ['chk-tcpmux-no-protocol'],
  },
  'sensor-needs-server': {
    area: 'entries',
    daemon: 'A SENSOR service needs a server that it never starts.',
    instead: 'It needs none.',
    why: 'Nothing would run it.',
    evidence: ['chk-sensor-no-server'],
  },
  'traffic-inherited': {
    area: 'entries',
    daemon: 'TRAFFIC in `defaults` drops every service that is no redirect.',
    instead: 'It counts for redirects alone; an entry that asks for it itself still needs to be one.',
    why: 'It only logs.',
    evidence: ['attr-log-traffic-no-redirect', 'reference 9.2.8'],
  },
  'dgram-nowait': {
    area: 'entries',
    daemon:
      'A service of datagrams or raw packets with `wait = no` is accepted, and spins after the first of them.',
    instead: 'The entry does not run, as in newer releases; built-in services may have it.',
    why: 'There is no connection to hand over.',
    evidence: ['chk-dgram-nowait'],
  },
  'intercept-replaces-server': {
    area: 'entries',
    daemon: 'INTERCEPT puts a proxy of the daemon in the place of the server, which does not work.',
    instead:
      'The server runs as if the flag were not there; a list that it was to enforce refuses the entry.',
    why: 'Nothing is behind the flag in any release.',
    evidence: ['reference 9.2.13'],
  },
  'wait-stream-restrictions': {
    area: 'entries',
    daemon:
      'A stream service with `wait = yes` and an address list is accepted and can never be reached; `access_times`, `max_load` and `per_source` are looked at when its server is started, and never while it runs.',
    instead: 'The entry does not run.',
    why: 'The server accepts by itself, so nobody can check or count its clients.',
    evidence: ['attr-wait-yes-stream', 'reference 8'],
  },
  'all-features-served': {
    area: 'entries',
    daemon:
      'Built-in services, RPC, tcpmux, redirection, INTERCEPT, SENSOR, IDONLY, labeled networking, rules of libwrap, and names in access lists are there.',
    instead:
      'An entry that asks for one of them does not run; for a file with rules of libwrap NOLIBWRAP does.',
    why: 'They are not there yet, and without them something else would be served than what is written.',
    evidence: ['reference at run time 6 to 11'],
  },
  'inetd-by-position': {
    area: 'inetd.conf',
    daemon:
      'Lines of inetd.conf are read by position: a bad wait word counts as nowait, lines with `rpc` in the protocol are lost, `internal` ids are wrong, words that a line lacks are those of lines before it, a line of two words crashes, no argument leaves argv empty, the rate is that of entries (`cps = 50 10`), and lists of `defaults` do not hold.',
    instead:
      'inetd.conf is read with all that its dialects have, limits by minute among it; a line with a fault does not run, and `defaults` holds.',
    why: 'It is the file of another daemon, whose meaning is known.',
    evidence: [
      'inetd-wait-bad',
      'inetd-rpc',
      'inetd-internal-ids',
      'inetd-two-fields',
      'inetd-words-left',
      'inetd-server-no-args',
      'inetd-defaults-apply',
    ],
  },
  'limits-before-address': {
    area: 'access',
    daemon:
      'The limits and the time come before the address: a client that may not come at all uses up `cps`, and can switch a service off.',
    instead: 'The address comes first, then the time, then the limits.',
    why: 'Who may not come must not close a service for those who may.',
    evidence: ['reference at run time 6.1 to 6.3'],
  },
  'both-lists-refuse': {
    area: 'access',
    daemon: 'A client that both lists match is refused, whatever the masks.',
    instead:
      'The more exact word decides, as the manual promises; where they are equal or cannot be compared, the client is refused.',
    why: '`no_access = 10.0.0.0/8`, `only_from = 10.1.2.3` says what it means.',
    evidence: ['reference 8'],
  },
  'mapped-clients': {
    area: 'access',
    daemon:
      'IPv4 clients of a socket for both families are `::ffff:a.b.c.d`: host names and domains do not fit them, IPv6 networks do.',
    instead: 'They are IPv4 clients; words with a mapped address mean them too.',
    why: 'It must not matter through which socket a client comes.',
    evidence: ['reference 7'],
  },
  'domain-first-place': {
    area: 'access',
    daemon: 'A domain that occurs twice in the name of a client does not fit it.',
    instead: 'The end of the name decides.',
    why: 'The manual says so.',
    evidence: ['reference 7'],
  },
} as const satisfies Readonly<Record<string, Quirk>>;

/** The names of the behaviours in which the profiles differ. */
export type QuirkId = keyof typeof quirks;
export type QuirkSet = ReadonlySet<QuirkId>;

/** The table in the order of its writing. */
export const quirkTable: readonly (readonly [QuirkId, Quirk])[] = Object.entries(quirks) as [
  QuirkId,
  Quirk,
][];

export const allQuirks: QuirkSet = new Set(quirkTable.map(([id]) => id));
