import type { Word } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';
import { defineRule, eachMessage, type ProposedFix } from '../../rule.ts';
import { wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

const interval = /^(\d{1,2}):(\d{1,2})-(\d{1,2}):(\d{1,2})$/;

export const rule = defineRule({
  meta: {
    name: 'correctness/invalid-access-times',
    summary: 'A time interval that the daemon cannot read: hour 24, past midnight, the end before the start',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: '`0:00-24:00` and `22:00-06:00` switch the service off: hours are 0 to 23, and an interval cannot pass midnight. The example of the manual page itself, `12:00-24:00`, is refused.',
    references: ['ti_add in time.c', 'xinetd.conf(5): access_times'],
    examples: {
      bad: 'access_times = 22:00-06:00',
      good: 'access_times = 22:00-23:59 0:00-6:00',
    },
  },
  check: (context) => ({
    Attribute: (attribute, entry) => {
      if (attribute.key !== 'access_times' || entry.syntax !== 'block') return;
      const times = meantValues(attribute).map((word) => ({ word, minutes: minutesOf(word) }));
      for (const [index, { word, minutes }] of times.entries()) {
        if (minutes === undefined) continue;
        const other = times
          .slice(0, index)
          .find((each) => each.minutes !== undefined && overlap(each.minutes, minutes));
        if (other === undefined) continue;
        context.report({
          at: word,
          message: `${quote(word.text)} overlaps ${quote(other.word.text)}`,
          severity: 'info',
          effect: 'none',
        });
      }
    },
    ...eachMessage(context, (message, { attribute }) => {
      if (message.code !== 'bad-time') return;
      const word = wordAt(message, attribute);
      if (word === undefined) return;
      context.report({ at: word, effect: 'turns-off', ...advise(word) });
    }),
  }),
});

interface Minutes {
  readonly start: number;
  readonly end: number;
}

function minutesOf(word: Word): Minutes | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = interval.exec(word.text)?.map(Number) ?? [];
  if (fromHour === undefined || fromMinute === undefined || toHour === undefined || toMinute === undefined)
    return undefined;
  return { start: fromHour * 60 + fromMinute, end: toHour * 60 + toMinute };
}

function overlap(a: Minutes, b: Minutes): boolean {
  return isValid(a) && isValid(b) && a.start < b.end && b.start < a.end;
}

function isValid({ start, end }: Minutes): boolean {
  return start < end && end < 24 * 60;
}

function advise(word: Word): { readonly message: string; readonly fix?: ProposedFix } {
  const minutes = minutesOf(word);
  if (minutes === undefined) {
    return {
      message: `${quote(word.text)} is no interval; write it as '8:00-18:00', without blanks or commas`,
    };
  }
  const midnight = 24 * 60;
  if (minutes.end === midnight && minutes.start < midnight) {
    const start = word.text.slice(0, word.text.indexOf('-'));
    return {
      message: `${quote(word.text)}: hours go from 0 to 23; write '${start}-23:59'`,
      fix: replace(word, `${start}-23:59`),
    };
  }
  if (minutes.start > minutes.end && minutes.start < midnight && minutes.end < midnight) {
    const [start = '', end = ''] = word.text.split('-');
    const parts = minutes.end === 0 ? `${start}-23:59` : `${start}-23:59 0:00-${end}`;
    return {
      message: `${quote(word.text)} passes midnight, which an interval cannot; write '${parts}'`,
      fix: replace(word, parts),
    };
  }
  return {
    message:
      minutes.start === minutes.end
        ? `${quote(word.text)} is empty: the end must come after the start`
        : `${quote(word.text)}: hours go from 0 to 23, minutes from 0 to 59`,
  };
}

function replace(word: Word, text: string): ProposedFix {
  return { description: `Write '${text}'`, edits: [{ start: word.start, end: word.end, text }] };
}
