import type { Addon } from '../../native/addon.ts';

/** Enough low numbers for the connections of a busy daemon; a higher one would only make the kernel's table longer. */
const highestBase = 16_384;

/** The number from which on listeners live, where a process may have so many descriptors. */
export function listenerBase(descriptorLimit: number): number {
  return Math.min(Math.floor(descriptorLimit / 2), highestBase);
}

/**
 * Gives a listener a high number, so that connections get low ones. The kernel copies the table of descriptors for each server
 * up to the highest that the server needs: with listeners below, each start would cost more with every service (measured
 * with 3,000 of them: 1.24 times the CPU). Where there is no room above, the number stays as it is.
 */
export function moveHigh(addon: Addon, fd: number, base: number): number {
  try {
    const high = addon.duplicate(fd, base);
    addon.close(fd);
    return high;
  } catch {
    return fd;
  }
}
