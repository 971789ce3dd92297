import type { TextEdit } from '../../../text/text-edit.ts';
import { defineRule } from '../../rule.ts';
import { plural } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/crlf-line-endings',
    summary: 'Lines that end in CR LF',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'file',
    effect: 'drops-service',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The CR stays in the last value of the line: `Bad service type: UNLISTED<CR>`, `Unknown user: root<CR>`, `Server ... is not executable`; every service is dropped. Compliance tools that read the same files had the same class of bug.',
    references: ['https://github.com/inspec/inspec/pull/2043'],
    examples: {
      bad: 'service web\r\n{\r\n\t...\r\n}\r\n',
      good: 'service web\n{\n\t...\n}\n',
    },
  },
  check: ({ source, report }) => ({
    File: () => {
      const edits: TextEdit[] = [];
      const { text } = source;
      for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) {
        edits.push({ start: at, end: at + 1, text: '' });
      }
      const [first] = edits;
      if (first === undefined) return;
      report({
        at: first,
        message: `${plural(edits.length, 'line')} end${edits.length === 1 ? 's' : ''} in CR LF; save the file with LF line endings`,
        consequence:
          'the CR becomes a part of the last value of each line, and most values are wrong with it',
        fix: { description: 'Convert CR LF to LF', edits },
      });
    },
  }),
});
