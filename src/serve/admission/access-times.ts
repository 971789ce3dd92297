import type { TimeInterval } from '../../model/service.ts';

/** access_times: local time with a resolution of a minute, both ends included. */
export function isWithinAccessTimes(intervals: readonly TimeInterval[], milliseconds: number): boolean {
  const date = new Date(milliseconds);
  const minute = date.getHours() * 60 + date.getMinutes();
  return intervals.some((interval) => interval.start <= minute && minute <= interval.end);
}
