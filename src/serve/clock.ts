/** An action that has not happened yet. */
export interface Timer {
  cancel(): void;
}

/** Time as the runtime sees it; tests give one that they move themselves. */
export interface Clock {
  /** Milliseconds since 1970, for what people read. */
  now(): number;
  /** Milliseconds from an arbitrary start, never going back, for durations and limits. */
  monotonic(): number;
  after(milliseconds: number, action: () => void): Timer;
}

/** setTimeout keeps no longer time than this (24.8 days): it fires at once instead. */
const longestTimeout = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, action) {
    let handle: NodeJS.Timeout;
    const wait = (left: number): void => {
      handle =
        left <= longestTimeout
          ? setTimeout(action, left)
          : setTimeout(wait, longestTimeout, left - longestTimeout);
    };
    wait(milliseconds);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** The same clock, with failures of timed actions reported instead of ending the process. */
export function guardClock(clock: Clock, report: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (milliseconds, action) =>
      clock.after(milliseconds, () => {
        try {
          action();
        } catch (error) {
          report(error);
        }
      }),
  };
}
