import { type Place, plainMessage } from './report.ts';
import type { ModelDiagnostic } from './service.ts';

/** Thrown where the daemon reads through a null pointer while it starts. */
export class DaemonCrash extends Error {
  override readonly name = 'DaemonCrash';
}

/** Thrown where the daemon would read files that include each other again and again, longer than anybody waits. */
export class EndlessReading extends Error {
  override readonly name = 'EndlessReading';
  /** The directive that leads on and on. */
  readonly place: Place;

  constructor(place: Place) {
    super();
    this.place = place;
  }
}

/** What is in its log then: it goes on after the signal, into the same instruction, until it gives up. */
export function crashMessages(): readonly ModelDiagnostic[] {
  const signal = plainMessage('CRITICAL', 'crash', '(PID) Unexpected signal: 11 (Segmentation fault)', null);
  const end = plainMessage('CRITICAL', 'crash', 'Received 10 signals in 1 seconds. Exiting...', null);
  return [...Array.from({ length: 10 }, () => signal), end];
}
