import { type DialectRules, rulesOf } from '../../grammar/inetd/dialects.ts';
import type { InetdDialect } from './dialect-names.ts';

/**
 * How a conversion reads inetd.conf: like the union of all dialects, because a form that one daemon does not know is
 * better carried over than lost, but with quotes, comments, continuations and separators as the dialect has them.
 */
export function readingRules(dialect: InetdDialect): DialectRules {
  return {
    ...rulesOf('auto'),
    backslash: 'literal',
    maxLine: null,
    maxArgv: null,
    emptyAddress: 'any',
    missingUser: 'never',
    rareForms: false,
    missingRpcVersion: dialect === 'freebsd' ? 'one' : 'error',
    ipsecPolicies: dialect === 'freebsd' || dialect === 'netbsd',
    ...quirksOf(dialect),
  };
}

function quirksOf(dialect: InetdDialect): Partial<DialectRules> {
  switch (dialect) {
    case 'solaris':
      return { quoting: 'literal', hash: 'anywhere' };
    case 'debian':
    // NetBSD 10 reads quotes as a shell does; in the files of older releases they are characters like others.
    case 'netbsd':
      return { quoting: 'literal' };
    case 'gnu':
      return { quoting: 'splitting', indent: 'own-entry' };
    case 'freebsd':
      return { quoting: 'leading', groupSeparators: ['last-colon'] };
  }
}
