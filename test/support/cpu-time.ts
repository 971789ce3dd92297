/**
 * Microseconds of CPU that work takes: the least of several runs. What else the machine does costs no CPU here, and what
 * else this process does, as to collect memory, only ever adds.
 */
export function leastCpuTime(work: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.max(1, Math.min(...times));
}
