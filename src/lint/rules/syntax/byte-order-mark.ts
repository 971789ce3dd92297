import { defineRule } from '../../rule.ts';
import { leadingMark } from './leading-mark.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/byte-order-mark',
    summary: 'A file that begins with a byte order mark, or is UTF-16',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'file',
    effect: 'drops-next-section',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The mark becomes a part of the first word, which then is no keyword: the first section is skipped up to its `}`. When that is `defaults`, all services start without its access lists and limits. In inetd.conf the first service gets a name that no table has.',
    references: ['find_next_entry in parsesup.c'],
    examples: {
      bad: '\uFEFFservice web\n{\n\t...\n}',
      good: 'service web\n{\n\t...\n}',
    },
    explains: [
      'syntax/unknown-directive',
      'syntax/invisible-characters',
      'syntax/inetd-bad-field',
      'syntax/inetd-field-count',
    ],
  },
  check: ({ source, report }) => ({
    File: (file) => {
      const mark = leadingMark(source.text);
      if (mark === undefined) return;
      const at = { start: 0, end: mark.length };
      if (mark.encoding !== 'UTF-8') {
        report({
          at,
          message: `the file is ${mark.encoding}; save it as UTF-8 without a byte order mark`,
          effect: 'drops-file',
          consequence: 'the daemon reads bytes and understands nothing of it',
        });
        return;
      }
      report({
        at,
        message: 'the file begins with a byte order mark, which becomes a part of its first word; remove it',
        ...(file.format === 'inetd' ? { effect: 'drops-service' } : {}),
        fix: { description: 'Remove the byte order mark', edits: [{ ...at, text: '' }] },
      });
    },
  }),
});
