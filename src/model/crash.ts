import type { Location } from '../diagnostics/diagnostic.ts';
import { plainMessage } from './report.ts';
import type { ModelDiagnostic } from './service.ts';

/** Thrown where the daemon reads through a null pointer while it starts. */
export class DaemonCrash extends Error {
  override readonly name = 'DaemonCrash';
  /** The entry about which it does. */
  readonly location: Location;

  constructor(location: Location) {
    super();
    this.location = location;
  }
}

/** Thrown where the daemon would take longer than anybody waits before it runs a service. */
export class EndlessStart extends Error {
  override readonly name = 'EndlessStart';
  /** What takes so long, and where. */
  readonly diagnostic: ModelDiagnostic;

  constructor(diagnostic: ModelDiagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** What is in its log then: it goes on after the signal, into the same instruction, until it gives up. */
export function crashMessages(location: Location): readonly ModelDiagnostic[] {
  const say = (message: string) => plainMessage('CRITICAL', 'crash', message, location);
  const signal = say('(PID) Unexpected signal: 11 (Segmentation fault)');
  const end = say('Received 10 signals in 1 seconds. Exiting...');
  return [...Array.from({ length: 10 }, () => signal), end];
}
