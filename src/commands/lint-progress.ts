import type { CommandIo } from './command.ts';

/** A run that is over sooner needs no line about how far it is. */
const patience = 500;
const interval = 100;
const clearLine = '\r\u001b[K';

/** A line on a terminal that says how far a long run is, and goes when it ends. */
export class LintProgress {
  readonly #stream: CommandIo['stderr'] | undefined;
  readonly #total: number;
  readonly #now: () => number;
  #done = 0;
  #next: number;
  #isShown = false;

  constructor(
    { stderr, env }: Pick<CommandIo, 'stderr' | 'env'>,
    total: number,
    now = () => performance.now(),
  ) {
    const isWatched = stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
    this.#stream = isWatched ? stderr : undefined;
    this.#total = total;
    this.#now = now;
    this.#next = now() + patience;
  }

  /** So many more files have been looked at. */
  add(count: number): void {
    this.#done += count;
    if (this.#stream === undefined || this.#now() < this.#next) return;
    this.#next = this.#now() + interval;
    this.#isShown = true;
    this.#stream.write(`${clearLine}${Math.min(this.#done, this.#total)} of ${this.#total} files`);
  }

  end(): void {
    if (this.#isShown) this.#stream?.write(clearLine);
    this.#isShown = false;
  }
}
