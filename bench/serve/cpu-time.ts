import { readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, on every architecture Node runs on. */
const ticksPerSecond = 100;

/**
 * Processor time in microseconds of a process, all its threads and all its children that it has waited for. The kernel
 * adds up exact run times; only the sum is cut to ticks, so an interval of seconds is good to a percent.
 */
export function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name may hold blanks and parentheses; utime, stime, cutime, cstime are fields 14 to 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1_000_000) / ticksPerSecond;
}
