import type { Problem } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';

/**
 * How bad each fault of an inetd.conf text is, and whether its entry is lost. A lost entry is one that no careful reader
 * would serve or convert, because a field has no sure reading; daemons that go on with a guess are named in the dialects
 * reference, section 7.
 */
export const inetdProblems = {
  'too-few-fields': { severity: 'error', entry: 'lost' },
  'bad-socket-type': { severity: 'error', entry: 'lost' },
  'bad-accept-max': { severity: 'error', entry: 'lost' },
  'bad-accept-filter': { severity: 'error', entry: 'lost' },
  'bad-ip-version': { severity: 'error', entry: 'lost' },
  'bad-sockbuf': { severity: 'error', entry: 'lost' },
  'bad-rpc-version': { severity: 'error', entry: 'lost' },
  'bad-socket-owner': { severity: 'error', entry: 'lost' },
  'bad-wait': { severity: 'error', entry: 'lost' },
  'bad-rate': { severity: 'error', entry: 'lost' },
  'bad-max-child': { severity: 'error', entry: 'lost' },
  'empty-service': { severity: 'error', entry: 'lost' },
  'empty-user': { severity: 'error', entry: 'lost' },
  'tcpmux-protocol': { severity: 'error', entry: 'lost' },
  'tcpmux-socket-type': { severity: 'error', entry: 'lost' },
  'unknown-internal': { severity: 'error', entry: 'lost' },
  'kv-syntax': { severity: 'error', entry: 'lost' },
  'kv-unterminated': { severity: 'error', entry: 'lost' },
  'kv-unknown-key': { severity: 'error', entry: 'lost' },
  'kv-duplicate': { severity: 'error', entry: 'lost' },
  'kv-bad-value': { severity: 'error', entry: 'lost' },
  'kv-missing': { severity: 'error', entry: 'lost' },
  'kv-ambiguous-ip': { severity: 'error', entry: 'lost' },

  'bad-port': { severity: 'error', entry: 'kept' },
  'unknown-protocol': { severity: 'error', entry: 'kept' },
  'type-proto-mismatch': { severity: 'error', entry: 'kept' },
  'unterminated-quote': { severity: 'error', entry: 'kept' },
  'nul-byte': { severity: 'error', entry: 'kept' },
  'unknown-directive': { severity: 'error', entry: 'kept' },

  'ambiguous-indent': { severity: 'warning', entry: 'kept' },
  'backslash-continuation': { severity: 'warning', entry: 'kept' },
  'bind-separate-word': { severity: 'warning', entry: 'kept' },
  'byte-order-mark': { severity: 'warning', entry: 'kept' },
  crlf: { severity: 'warning', entry: 'kept' },
  'dgram-nowait': { severity: 'warning', entry: 'kept' },
  'dotted-user': { severity: 'warning', entry: 'kept' },
  duplicate: { severity: 'warning', entry: 'kept' },
  'empty-bind': { severity: 'warning', entry: 'kept' },
  'empty-group': { severity: 'warning', entry: 'kept' },
  'hash-in-word': { severity: 'warning', entry: 'kept' },
  'indented-comment': { severity: 'warning', entry: 'kept' },
  'internal-alias': { severity: 'warning', entry: 'kept' },
  'internal-wait': { severity: 'warning', entry: 'kept' },
  'kv-user-separator': { severity: 'warning', entry: 'kept' },
  'leading-blanks': { severity: 'warning', entry: 'kept' },
  'long-line': { severity: 'warning', entry: 'kept' },
  'missing-user': { severity: 'warning', entry: 'kept' },
  'numeric-user': { severity: 'warning', entry: 'kept' },
  'obsolete-faith': { severity: 'warning', entry: 'kept' },
  'obsolete-ttcp': { severity: 'warning', entry: 'kept' },
  'quote-mid-word': { severity: 'warning', entry: 'kept' },
  'relative-server': { severity: 'warning', entry: 'kept' },
  'rpc-no-version': { severity: 'warning', entry: 'kept' },
  'sockbuf-unit-bug': { severity: 'warning', entry: 'kept' },
  'tcpmux-no-master': { severity: 'warning', entry: 'kept' },
  'tcpmux-wait': { severity: 'warning', entry: 'kept' },
  'too-many-args': { severity: 'warning', entry: 'kept' },
  'trailing-hash': { severity: 'warning', entry: 'kept' },
  'two-colons': { severity: 'warning', entry: 'kept' },
  'unknown-service': { severity: 'warning', entry: 'kept' },

  'no-argv0': { severity: 'info', entry: 'kept' },
} as const satisfies Record<string, { severity: Problem['severity']; entry: 'kept' | 'lost' }>;

export type InetdProblemCode = keyof typeof inetdProblems;

/** `severity` where a dialect takes the fault differently from the table. */
export function problem(
  code: InetdProblemCode,
  at: Range,
  message: string,
  severity: Problem['severity'] = inetdProblems[code].severity,
): Problem {
  return { code, severity, start: at.start, end: at.end, message };
}

/** Whether an entry with these problems must not be served or converted as if it had been understood. */
export function isLost(problems: readonly Problem[]): boolean {
  return problems.some((each) => each.severity === 'error' && !toleratedErrors.has(each.code));
}

const toleratedErrors: ReadonlySet<string> = new Set(
  Object.entries(inetdProblems)
    .filter(([, { severity, entry }]) => severity === 'error' && entry === 'kept')
    .map(([code]) => code),
);
