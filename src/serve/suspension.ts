import type { Clock, Timer } from './clock.ts';
import type { ProgramLog } from './log/program-log.ts';

/**
 * The time in which a service has no sockets because too many clients came: the kernel refuses them then, which costs nothing
 * here.
 */
export class Suspension {
  readonly #clock: Clock;
  readonly #log: ProgramLog;
  #timer: Timer | null = null;

  constructor({ clock, log }: { readonly clock: Clock; readonly log: ProgramLog }) {
    this.#clock = clock;
    this.#log = log;
  }

  get lasts(): boolean {
    return this.#timer !== null;
  }

  /** False when it has begun already. */
  begin(name: string, seconds: number, end: () => void): boolean {
    if (this.#timer !== null) return false;
    // The texts are xinetd's, for those who watch for them; so are the two blanks.
    this.#log.write(
      'ERROR',
      `Deactivating service ${name} due to excessive incoming connections.  Restarting in ${seconds} seconds.`,
    );
    this.#timer = this.#clock.after(seconds * 1000, () => {
      this.#timer = null;
      this.#log.write('ERROR', `Activating service ${name}`);
      end();
    });
    return true;
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
