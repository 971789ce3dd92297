import type { DialectChoice } from '../../catalog/inetd-dialects.ts';

/** How a dialect reads inetd.conf (dialects reference, sections 3 to 6). */
export interface DialectRules {
  readonly dialect: DialectChoice;

  /** Whether a line that starts with a blank continues the entry above. */
  readonly indent: 'continues' | 'own-entry';
  /** Where `#` begins a comment: in column 1, also behind blanks at the start of a line, or anywhere. */
  readonly hash: 'column-1' | 'indented' | 'anywhere';
  readonly backslash: 'literal' | 'joins-lines';
  /** A CR in front of LF is dropped, a character of the last word, or white space like all at a line end. */
  readonly carriageReturn: 'dropped' | 'literal' | 'white-space';
  /** Longest line in characters; what is longer is read as further lines. */
  readonly maxLine: number | null;
  /**
   * Quotes are characters like others; begin a word only as its first character (FreeBSD); stand anywhere, as in a shell
   * (NetBSD); or the double quote begins a new word wherever it stands, the single one only where a word begins (GNU).
   */
  readonly quoting: 'literal' | 'leading' | 'shell' | 'splitting';
  /** Arguments that there is room for, argv[0] included, and what becomes of those above. */
  readonly maxArgv: number | null;
  readonly surplusArgv: 'kept' | 'dropped' | 'glued' | 'error';

  /** `#@ policy` lines. */
  readonly ipsecPolicies: boolean;
  /** `service on key = value;`: never, where the text is surely one, or at each second word `on` or `off`. */
  readonly definitions: 'never' | 'likely' | 'always';
  readonly include: boolean;

  /** `address:service`, lists of addresses, `address: service`, and `address:` alone as the default. */
  readonly addresses: boolean;
  readonly addressLists: boolean;
  readonly separateAddress: boolean;
  readonly defaultAddresses: boolean;
  readonly brackets: 'removed' | 'removed-if-single' | 'kept';
  readonly emptyAddress: 'any' | 'warn' | 'error';
  /** Whether a service may be given by its port number. */
  readonly portNumbers: boolean;
  /** FreeBSD's `:user:group:mode:/path`. */
  readonly socketOwners: boolean;
  readonly unixSockets: boolean;
  readonly tcpmux: boolean;
  readonly rpc: boolean;
  readonly missingRpcVersion: 'one' | 'warn' | 'error';
  /** Decimal numbers; numbers as in C (`0x2`, `010`), as strtol reads them; or these, and whatever stands behind them. */
  readonly rpcVersions: 'decimal' | 'c' | 'c-loose';

  readonly socketTypes: readonly string[];
  /** `stream,limit` and `stream:filter`. */
  readonly acceptFilters: boolean;
  /** What tells the IP version: the suffix, the last letter, or GNU's fourth one. */
  readonly ipVersion: 'suffix' | 'last-letter' | 'fourth-letter';
  /** Whether a protocol may be given by its alias in the protocols database, which is its name in capitals. */
  readonly protocolAliases: boolean;
  /** `,sndbuf=N,rcvbuf=N`. */
  readonly bufferSizes: 'read' | 'ignored' | 'literal';
  /** `faith/tcp`, `tcp/faith`, `tcp/ttcp`. */
  readonly obsoleteProtocols: boolean;

  /** FreeBSD compares the beginning of the wait word only. */
  readonly waitByPrefix: boolean;
  /** Where the suffix of the wait word begins. */
  readonly waitSuffix: RegExp;
  /** Another word than wait and nowait: an error, or nowait without a message (bug B10). */
  readonly badWait: 'error' | 'nowait';
  /** A rate that is no number: an error, the default rate, or the number that it begins with. */
  readonly badRate: 'error' | 'default' | 'leading-number';

  /** What cuts off the group: the first of these that is found. */
  readonly groupSeparators: readonly ('first-colon' | 'last-colon' | 'first-dot')[];
  readonly loginClass: boolean;
  /** DG/UX: keywords stand behind colons. */
  readonly userKeywords: boolean;
  /** NonStop: `[2-4]` behind the user. */
  readonly processors: boolean;
  /** Ultrix: the server stands in the place of the user. */
  readonly missingUser: 'never' | 'warn' | 'accepted';
  /** Forms of one old system each: RPC numbers in argv, `camp-`, `?/path`, `dgram/i`, `swait`, `wait/lc`. */
  readonly rareForms: boolean;
}

const classicTypes = ['stream', 'dgram', 'raw', 'rdm', 'seqpacket'];
const noSuffix = /(?!)/;

/** What all descendants of 4.3BSD share unless they say otherwise. */
const bsd: Omit<DialectRules, 'dialect'> = {
  indent: 'continues',
  hash: 'column-1',
  backslash: 'literal',
  carriageReturn: 'literal',
  maxLine: 1023,
  quoting: 'literal',
  maxArgv: 20,
  surplusArgv: 'dropped',
  ipsecPolicies: false,
  definitions: 'never',
  include: false,
  addresses: false,
  addressLists: false,
  separateAddress: false,
  defaultAddresses: false,
  brackets: 'removed',
  emptyAddress: 'error',
  portNumbers: false,
  socketOwners: false,
  unixSockets: true,
  tcpmux: false,
  rpc: true,
  missingRpcVersion: 'error',
  rpcVersions: 'decimal',
  socketTypes: classicTypes,
  acceptFilters: false,
  ipVersion: 'suffix',
  protocolAliases: false,
  bufferSizes: 'literal',
  obsoleteProtocols: false,
  waitByPrefix: false,
  waitSuffix: /\./,
  badWait: 'nowait',
  badRate: 'default',
  groupSeparators: ['first-dot'],
  loginClass: false,
  userKeywords: false,
  processors: false,
  missingUser: 'never',
  rareForms: false,
};

const freebsd: Omit<DialectRules, 'dialect'> = {
  ...bsd,
  maxLine: 2047,
  quoting: 'leading',
  surplusArgv: 'error',
  ipsecPolicies: true,
  socketOwners: true,
  tcpmux: true,
  missingRpcVersion: 'one',
  rpcVersions: 'c-loose',
  waitByPrefix: true,
  badWait: 'error',
  groupSeparators: ['last-colon'],
  loginClass: true,
};

const openbsd: Omit<DialectRules, 'dialect'> = {
  ...bsd,
  addresses: true,
  addressLists: true,
  separateAddress: true,
  defaultAddresses: true,
  emptyAddress: 'any',
  portNumbers: true,
  rpcVersions: 'c',
  ipVersion: 'last-letter',
  groupSeparators: ['first-dot', 'first-colon'],
};

/** One entry on each line, the user a plain name: what the manuals of the commercial systems describe. */
const commercial: Omit<DialectRules, 'dialect'> = {
  ...bsd,
  indent: 'own-entry',
  maxLine: null,
  maxArgv: null,
  unixSockets: false,
  waitSuffix: noSuffix,
  badWait: 'error',
  groupSeparators: [],
};

const solaris: Omit<DialectRules, 'dialect'> = {
  ...commercial,
  hash: 'anywhere',
  socketTypes: ['stream', 'dgram', 'raw', 'seqpacket', 'tli'],
  missingRpcVersion: 'one',
};

const union: Omit<DialectRules, 'dialect'> = {
  indent: 'continues',
  hash: 'indented',
  backslash: 'joins-lines',
  carriageReturn: 'dropped',
  maxLine: 1023,
  quoting: 'shell',
  maxArgv: 20,
  surplusArgv: 'kept',
  ipsecPolicies: true,
  definitions: 'likely',
  include: true,
  addresses: true,
  addressLists: true,
  separateAddress: true,
  defaultAddresses: true,
  brackets: 'removed',
  emptyAddress: 'warn',
  portNumbers: true,
  socketOwners: true,
  unixSockets: true,
  tcpmux: true,
  rpc: true,
  missingRpcVersion: 'warn',
  rpcVersions: 'decimal',
  socketTypes: [...classicTypes, 'tli', 'xti', 'sunrpc_tcp', 'sunrpc_udp'],
  acceptFilters: true,
  ipVersion: 'suffix',
  protocolAliases: false,
  bufferSizes: 'read',
  obsoleteProtocols: true,
  waitByPrefix: false,
  waitSuffix: /[.:/]/,
  badWait: 'error',
  badRate: 'error',
  groupSeparators: ['last-colon', 'first-dot'],
  loginClass: true,
  userKeywords: false,
  processors: false,
  missingUser: 'warn',
  rareForms: true,
};

const rules: Readonly<Record<DialectChoice, Omit<DialectRules, 'dialect'>>> = {
  auto: union,
  freebsd,
  dragonfly: { ...freebsd, obsoleteProtocols: true },
  netbsd: {
    ...openbsd,
    maxLine: 2047,
    quoting: 'shell',
    maxArgv: 64,
    ipsecPolicies: true,
    definitions: 'always',
    include: true,
    addressLists: false,
    emptyAddress: 'error',
    tcpmux: true,
    rpcVersions: 'c-loose',
    acceptFilters: true,
    bufferSizes: 'read',
    obsoleteProtocols: true,
    waitSuffix: /[.:]/,
    groupSeparators: ['first-colon', 'first-dot'],
  },
  openbsd,
  'debian-openbsd': { ...openbsd, brackets: 'removed-if-single', ipVersion: 'suffix', bufferSizes: 'read' },
  gnu: {
    ...bsd,
    indent: 'own-entry',
    carriageReturn: 'white-space',
    maxLine: null,
    quoting: 'splitting',
    maxArgv: null,
    addresses: true,
    addressLists: true,
    defaultAddresses: true,
    brackets: 'kept',
    portNumbers: true,
    unixSockets: false,
    tcpmux: true,
    rpc: false,
    ipVersion: 'fourth-letter',
    protocolAliases: true,
    bufferSizes: 'ignored',
    badRate: 'leading-number',
    groupSeparators: ['first-colon', 'first-dot'],
  },
  busybox: {
    ...bsd,
    indent: 'own-entry',
    hash: 'anywhere',
    backslash: 'joins-lines',
    maxLine: null,
    surplusArgv: 'glued',
    portNumbers: true,
    addresses: true,
    addressLists: true,
    defaultAddresses: true,
    badWait: 'error',
    badRate: 'error',
    groupSeparators: ['first-dot', 'first-colon'],
  },
  netkit: bsd,
  darwin: bsd,
  solaris,
  illumos: solaris,
  aix: { ...commercial, socketTypes: ['stream', 'dgram', 'sunrpc_tcp', 'sunrpc_udp'], rareForms: true },
  hpux: { ...commercial, backslash: 'joins-lines', socketTypes: ['stream', 'dgram', 'xti'], rareForms: true },
  irix: { ...commercial, unixSockets: true, tcpmux: true, rareForms: true },
  sco: { ...commercial, rareForms: true },
  dgux: { ...commercial, socketTypes: ['stream', 'dgram', 'raw', 'tli'], userKeywords: true },
  nonstop: { ...commercial, processors: true },
  interix: { ...commercial, rareForms: true },
  'minix-vmd': { ...commercial, rareForms: true },
  ultrix: { ...commercial, hash: 'anywhere', missingUser: 'accepted' },
  rlinetd: { ...commercial, unixSockets: true, waitSuffix: /\./, groupSeparators: ['first-dot'] },
};

export function rulesOf(dialect: DialectChoice): DialectRules {
  return { dialect, ...rules[dialect] };
}
