import type { BlockEntry, Directive, Word } from '../../../ast/nodes.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/malformed-header',
    summary:
      'A section header or include without a name, with words too many, or with a name that cannot be right',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`includedir` without a path makes the daemon skip the next service. Words behind the name are ignored without a message, which hides `service web tcp` and `includedir /a /b`.',
    references: ['find_next_entry in parsesup.c'],
    examples: {
      bad: 'includedir /etc/xinetd.d /etc/xinetd.local',
      good: 'includedir /etc/xinetd.d\nincludedir /etc/xinetd.local',
      files: {
        bad: { '/etc/xinetd.d/web': 'service web\n{\n\t...\n}' },
        good: {
          '/etc/xinetd.d/web': 'service web\n{\n\t...\n}',
          '/etc/xinetd.local/web2': 'service web2\n{\n\t...\n}',
        },
      },
    },
  },
  check: ({ report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      for (const finding of headerFindings(entry)) report(finding);
    },
    Directive: (directive, entry) => {
      if (entry === null) for (const finding of directiveFindings(directive)) report(finding);
    },
  }),
});

const skipping = {
  effect: 'drops-next-section',
} as const satisfies Partial<Finding>;

function headerFindings(entry: BlockEntry): Finding[] {
  if (entry.kind === 'service' && entry.name === null) {
    return [{ at: entry.keyword, message: "'service' needs a name", ...skipping }];
  }
  if (entry.name !== null) {
    const fault = nameFault(entry.name.text);
    // What comes behind a name that is none is no matter of its own.
    if (fault !== undefined) {
      const consequence = 'the daemon takes all of it for the name';
      return [{ at: entry.name, message: fault, effect: 'misreads', consequence }];
    }
  }
  const surplus = surplusWords(
    entry.extra,
    entry.kind === 'defaults' ? "'defaults'" : 'the name of the service',
  );
  return surplus === undefined ? [] : [surplus];
}

function directiveFindings({ keyword, values }: Directive): Finding[] {
  if (keyword === null) return [];
  if (values.length === 0) {
    return [{ at: keyword, message: `${quote(keyword.text)} needs a path`, ...skipping }];
  }
  const surplus = surplusWords(values.slice(1), 'the path');
  return surplus === undefined ? [] : [surplus];
}

function nameFault(name: string): string | undefined {
  if (/^[^/]+\/\d+(?:-\d+)?$/.test(name)) {
    return `${quote(name)} is the form of inetd.conf; write the version as 'rpc_version' of a service '${name.split('/')[0]}'`;
  }
  // `web:` and `web;` come from other languages; inside of a name such a sign may stand.
  const odd = /[/={}"'`\x00-\x1f\x7f]/.exec(name)?.[0] ?? /[:;,\\]$/.exec(name)?.[0];
  return odd === undefined
    ? undefined
    : `the name ${quote(name)} holds ${quote(odd)}, which no service name has`;
}

function surplusWords(words: readonly Word[], before: string): Finding | undefined {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const at = { start: first.start, end: last.end };
  return {
    at,
    severity: 'warning',
    message: `${quote(words.map((word) => word.text).join(' '))} behind ${before} means nothing`,
    effect: 'none',
    consequence: 'the daemon ignores these words',
  };
}
