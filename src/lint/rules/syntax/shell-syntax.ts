import type { Word } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

const judgedAttributes: ReadonlySet<string> = new Set([
  'server',
  'server_args',
  'argv',
  'env',
  'banner',
  'banner_success',
  'banner_fail',
  'log_type',
]);

/** What a shell would act on, with its name. */
const signs: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\$(?:\w|\{|\()/, 'a variable'],
  [/`/, 'a command substitution'],
  [/^~(?:\/|$)/, 'a home directory'],
  [/[*?]|\[[^\]]+\]/, 'a pattern'],
  [/\|/, 'a pipe'],
  [/[<>]/, 'a redirection'],
  [/&|;$|^;/, 'a command separator'],
];

export const rule = defineRule({
  meta: {
    name: 'syntax/shell-syntax',
    summary: 'A value that only a shell would act on',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'No shell is involved: `$HOME` and `*` reach the program unchanged, and `env = PATH=$PATH:/opt` sets PATH to that very text.',
    references: [
      'https://github.com/nimbusproject/nimbus/issues/70',
      'https://github.com/picoCTF/picoCTF/issues/411',
    ],
    explains: ['security/untrusted-server-path'],
    examples: { bad: 'env = PATH=$PATH:/opt/bin', good: 'env = PATH=/usr/bin:/bin:/opt/bin' },
    options: {
      allowIn: {
        default: [] as readonly string[],
        summary: 'Services whose programs take such words, for instance regular expressions',
      },
    },
  },
  check: ({ options, report }) => ({
    Attribute: (attribute, entry) => {
      if (!judgedAttributes.has(attribute.key)) return;
      if (entry.name !== null && options.allowIn.includes(entry.name.text)) return;
      const values = entry.syntax === 'block' ? meantValues(attribute) : attribute.values;
      for (const [index, value] of values.entries()) {
        const sign = isScript(values, index)
          ? undefined
          : signs.find(([pattern]) => pattern.test(value.text));
        if (sign === undefined) continue;
        report({
          at: value,
          message: `${quote(value.text)} holds ${sign[1]}, but no shell reads it`,
          consequence:
            attribute.key === 'env' ? 'the variable gets this very text' : 'the program gets this very text',
        });
        return;
      }
    },
  }),
});

/** The word behind `-c` is a program text for an interpreter. */
function isScript(values: readonly Word[], index: number): boolean {
  return values[index - 1]?.text === '-c';
}
