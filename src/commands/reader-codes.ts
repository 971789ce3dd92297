import type { InetdProblemCode } from '../grammar/inetd/problems.ts';
import type { XinetdProblemCode } from '../grammar/xinetd/problems.ts';

/** What the codes mean that are no rules: of faults that `fmt` and `parse` name, and of files. */
export const readerCodes = {
  'unreadable-input': 'The file could not be read, or is no text; nothing is known of it.',
  'unwritable-file': 'The file could not be written; it is as it was.',
  'invalid-configuration':
    'The configuration of xcfg itself has a key or a value that means nothing; `docs/configuration.md` has them all.',

  'missing-service-name': "'service' is not followed by a name.",
  'missing-open-brace': "No line with only '{' follows the header of a section.",
  'missing-close-brace': "No line with only '}' ends a section.",
  'brace-on-header-line': "'{' stands on the line of the header.",
  'text-beside-brace': 'A brace does not stand alone on its line.',
  'missing-space-before-operator': 'The name of an attribute runs into its operator.',
  'missing-operator': "A line of a section has no '=', '+=' or '-=' behind its first word.",
  'missing-attribute-name': 'A line of a section begins with its operator.',
  'misplaced-directive': "'include' or 'includedir' stands inside a section.",
  'text-outside-section': 'A line outside of sections begins with no known word.',
  'missing-path': "'include' or 'includedir' has no path.",

  'nul-byte': 'The line holds a NUL byte; the daemons do not see what follows it.',
  'byte-order-mark': 'The file begins with a byte order mark, which becomes a part of the first word.',

  'too-few-fields': 'The line has fewer fields than an entry needs.',
  'bad-socket-type': 'The second field is no socket type.',
  'bad-accept-max': 'The length of the queue behind the socket type is no number.',
  'bad-accept-filter': 'The accept filter behind the socket type cannot be read.',
  'bad-ip-version': 'The version behind the protocol is none.',
  'bad-sockbuf': 'The size of a socket buffer is none.',
  'bad-rpc-version': 'The versions of an RPC service are no number or range.',
  'bad-socket-owner': 'Owner, group or mode of a UNIX socket cannot be read.',
  'bad-wait': "The fourth field is neither 'wait' nor 'nowait', or what follows it cannot be read.",
  'bad-rate': "The rate behind 'wait' or 'nowait' is no number.",
  'bad-max-child': "The number of children behind 'wait' or 'nowait' is none.",
  'bad-port': 'Port numbers go from 1 to 65535.',
  'empty-service': 'The name of the service is empty.',
  'empty-user': 'The name of the user is empty.',
  'empty-bind': 'The address in front of the service is empty, and daemons differ in what that means.',
  'empty-group': 'The name of the group is empty.',
  'missing-user': 'The field of the user is missing.',
  'tcpmux-protocol': 'A tcpmux service needs tcp.',
  'tcpmux-socket-type': 'A tcpmux service needs stream.',
  'tcpmux-wait': 'A tcpmux service needs nowait.',
  'tcpmux-no-master': 'There are tcpmux services, and no tcpmux that hands clients over to them.',
  'unknown-internal': 'No daemon has a built-in service of this name.',
  'internal-alias': 'The built-in service is called by an alias that only FreeBSD knows.',
  'internal-wait': 'The built-in service takes the other word in the fourth field.',
  'unknown-protocol': 'No dialect knows the protocol.',
  'unknown-service': 'The name is in no table of services.',
  'unknown-directive': 'A line begins with a dot and is no directive.',
  'type-proto-mismatch': 'Socket type and protocol do not go together.',
  'unterminated-quote': 'A quote is not closed.',
  'quote-mid-word': 'A quote stands inside of a word, where daemons read it differently.',
  'ambiguous-indent': 'A line begins with white space: for some daemons it goes on with the one above.',
  'backslash-continuation': 'A backslash ends the line: for some daemons it is an argument.',
  'bind-separate-word':
    'The address in front of the service is a word of its own, which only NetBSD and OpenBSD read.',
  crlf: 'Lines end in CR LF; the CR becomes a part of the last word.',
  'dgram-nowait': 'A datagram service without wait is started again and again for one datagram.',
  'dotted-user': 'A dot in the user field separates user and group for some daemons only.',
  duplicate: 'An entry above has the same service; most daemons use one of them.',
  'hash-in-word': "A word holds a '#', with which some daemons begin a comment.",
  'indented-comment': "A '#' behind white space begins a comment for some daemons only.",
  'leading-blanks': 'The first field stands behind white space.',
  'long-line': 'The line is longer than daemons read.',
  'numeric-user': 'Users are looked up by name: a number works only if it is one.',
  'obsolete-faith': 'The faith translator is gone from all systems.',
  'obsolete-ttcp': 'T/TCP is gone from all systems.',
  'relative-server': 'The path of the server is relative.',
  'rpc-no-version': 'An RPC service has no version.',
  'sockbuf-unit-bug': 'Daemons read this unit of a socket buffer differently.',
  'too-many-args': 'There are more arguments than some daemons take.',
  'trailing-hash': "A '#' behind the fields begins a comment for some daemons only.",
  'two-colons': 'The user field holds two colons.',
  'no-argv0': 'No word follows the server: its arguments begin with its own name.',

  'kv-syntax': 'An entry of keys and values cannot be read here.',
  'kv-unterminated': "An entry of keys and values is not ended by a ';'.",
  'kv-unknown-key': 'No key has this name.',
  'kv-duplicate': 'A key is given twice.',
  'kv-bad-value': 'A key does not take this value.',
  'kv-missing': 'A key is missing that an entry needs.',
  'kv-ambiguous-ip': 'Neither protocol nor address says which version of IP is meant.',
  'kv-user-separator':
    'A colon or dot cuts off no group in an entry of keys and values; the key for the group gives it.',
} as const satisfies Readonly<
  Record<
    InetdProblemCode | XinetdProblemCode | 'unreadable-input' | 'unwritable-file' | 'invalid-configuration',
    string
  >
>;

/** What a code means; undefined for other words. */
export function readerCodeMeaning(code: string): string | undefined {
  return new Map<string, string>(Object.entries(readerCodes)).get(code);
}
