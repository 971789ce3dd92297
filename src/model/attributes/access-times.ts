import type { Word } from '../../ast/nodes.ts';
import type { TimeInterval } from '../service.ts';
import { type Assignment, reject, type ValueReader } from './assignment.ts';

/**
 * A number in front of a separator; digits may be missing. `null` when something else stands there. In the daemon it
 * overflows.
 */
function readNumber(
  text: string,
  at: number,
  end: string,
  overflows: boolean,
): { value: number; next: number } | null {
  const digits = /^[0-9]*/.exec(text.slice(at))?.[0] ?? '';
  const next = at + digits.length;
  if ((text[next] ?? '') !== end) return null;
  const value = BigInt(`0${digits}`);
  return { value: Number(overflows ? BigInt.asIntN(32, value) : value), next: next + 1 };
}

/** `h:m-h:m`, both ends included. */
function readInterval(assignment: Assignment, word: Word): TimeInterval | undefined {
  const isMidnightEnd = !assignment.context.quirks.has('no-midnight') && word.text.endsWith('-24:00');
  const overflows = assignment.context.quirks.has('loose-numbers');
  const limits = [23, 59, isMidnightEnd ? 24 : 23, 59];
  const separators = [':', '-', ':', ''];
  const numbers: number[] = [];
  let at = 0;
  for (const [index, end] of separators.entries()) {
    const number = readNumber(word.text, at, end, overflows);
    if (number === null) {
      reject(assignment, 'bad-time', 'incorrect time interval', word);
      return undefined;
    }
    if (number.value < 0 || number.value > (limits[index] ?? 0)) {
      reject(assignment, 'bad-time', 'invalid time interval', word);
      return undefined;
    }
    numbers.push(number.value);
    at = number.next;
  }
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = numbers;
  const interval = { start: startHour * 60 + startMinute, end: endHour * 60 + endMinute };
  if (interval.start < interval.end) return interval;
  reject(assignment, 'bad-time', `invalid time interval: ${word.text}`, word);
  return undefined;
}

export const readAccessTimes: ValueReader = (assignment) => {
  const intervals: TimeInterval[] = [];
  assignment.draft.values.accessTimes = intervals;
  for (const word of assignment.line.values) {
    const interval = readInterval(assignment, word);
    if (interval === undefined) return false;
    intervals.push(interval);
  }
  return true;
};
