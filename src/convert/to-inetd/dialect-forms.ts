import type { InetdDialect } from '../from-inetd/dialect-names.ts';

/** What a socket is to take: IPv4 clients, IPv6 clients, or both. */
export type Reach = 'IPv4' | 'IPv6' | 'both';

/** How a dialect of inetd.conf says what an entry says; dialects reference, sections 3 to 5 and 10. */
export interface DialectForms {
  /** Protocol suffixes; several mean as many lines. */
  readonly suffixes: Readonly<Record<Reach, readonly string[]>>;
  /** The suffix behind `rpc/tcp`. */
  readonly rpcSuffixes: Readonly<Record<Reach, string>>;
  /** Whether an IPv6 socket without IPv4 can be asked for. */
  readonly hasV6Only: boolean;
  /** In front of the starts a minute; null where there is no such limit. */
  readonly rateSeparator: '.' | ':' | null;
  /** FreeBSD's `/servers/connections/servers-of-a-client`. */
  readonly hasChildLimits: boolean;
  readonly hasAddresses: boolean;
  /** Whether an IPv6 address stands in brackets; GNU wants it bare (tested). */
  readonly bracketsV6: boolean;
  readonly hasPortNumbers: boolean;
  readonly hasGroups: boolean;
  readonly hasRpc: boolean;
  /** `implicit`: the daemon opens the tcpmux port by itself. */
  readonly tcpmux: 'none' | 'with-entry' | 'implicit';
  /** Words of argv; the daemons drop or refuse what is above. */
  readonly maxArgv: number | null;
  /** Longest line in bytes; the daemons read the rest as another line. */
  readonly maxLine: number | null;
  readonly quoting: 'none' | 'leading' | 'splitting' | 'shell';
}

const noSuffixes = { IPv4: '', IPv6: '', both: '' } as const;

export const dialectForms: Readonly<Record<InetdDialect, DialectForms>> = {
  debian: {
    suffixes: { IPv4: ['4'], IPv6: ['6'], both: [''] },
    rpcSuffixes: { IPv4: '4', IPv6: '6', both: '' },
    hasV6Only: true,
    rateSeparator: '.',
    hasChildLimits: false,
    hasAddresses: true,
    bracketsV6: true,
    hasPortNumbers: true,
    hasGroups: true,
    hasRpc: true,
    tcpmux: 'none',
    maxArgv: 20,
    maxLine: 1023,
    quoting: 'none',
  },
  gnu: {
    suffixes: { IPv4: ['4'], IPv6: ['6only'], both: ['6'] },
    rpcSuffixes: noSuffixes,
    hasV6Only: true,
    rateSeparator: '.',
    hasChildLimits: false,
    hasAddresses: true,
    bracketsV6: false,
    hasPortNumbers: true,
    hasGroups: true,
    hasRpc: false,
    tcpmux: 'implicit',
    maxArgv: null,
    maxLine: null,
    quoting: 'splitting',
  },
  freebsd: {
    suffixes: { IPv4: ['4'], IPv6: ['6'], both: ['46'] },
    rpcSuffixes: { IPv4: '', IPv6: '6', both: '' },
    hasV6Only: true,
    rateSeparator: null,
    hasChildLimits: true,
    hasAddresses: false,
    bracketsV6: true,
    hasPortNumbers: false,
    hasGroups: true,
    hasRpc: true,
    tcpmux: 'with-entry',
    maxArgv: 20,
    maxLine: 2047,
    quoting: 'leading',
  },
  netbsd: {
    suffixes: { IPv4: ['4'], IPv6: ['6'], both: ['4', '6'] },
    rpcSuffixes: { IPv4: '', IPv6: '6', both: '' },
    hasV6Only: true,
    rateSeparator: ':',
    hasChildLimits: false,
    hasAddresses: true,
    bracketsV6: true,
    hasPortNumbers: true,
    hasGroups: true,
    hasRpc: true,
    tcpmux: 'with-entry',
    maxArgv: 64,
    maxLine: 2047,
    quoting: 'shell',
  },
  solaris: {
    suffixes: { IPv4: [''], IPv6: ['6'], both: ['6'] },
    rpcSuffixes: noSuffixes,
    hasV6Only: false,
    rateSeparator: null,
    hasChildLimits: false,
    hasAddresses: false,
    bracketsV6: true,
    hasPortNumbers: false,
    hasGroups: false,
    hasRpc: true,
    tcpmux: 'none',
    maxArgv: null,
    maxLine: null,
    quoting: 'none',
  },
};
