import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for a machine under any load; a test that passes never waits for it. Milliseconds. */
const patience = 20_000;

/**
 * Repeats an assertion until it holds: for what follows an event soon after, like the descriptor of a server that has
 * ended but has not been waited for yet.
 * @throws what the assertion threw last, when it never held
 */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await pause(10);
  }
}
