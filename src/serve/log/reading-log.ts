import type { ModelDiagnostic } from '../../model/service.ts';
import { describeMessage, isFault } from '../faults.ts';
import type { ProgramLog } from './program-log.ts';

/** What came of reading a configuration. */
export interface Reading {
  readonly diagnostics: readonly ModelDiagnostic[];
  /** What costs an entry or a line, by its key. */
  readonly faults: ReadonlyMap<string, string>;
}

/**
 * Writes what reading a configuration has said, each fault once.
 * @param added the keys of faults that keep it from being taken over: what is to be looked at among many
 */
export function logReading(
  { diagnostics, faults }: Reading,
  added: ReadonlySet<string>,
  log: ProgramLog,
): void {
  const textOf = (key: string, text: string) => (added.has(key) ? `new: ${text}` : text);
  const told = new Set<string>();
  for (const diagnostic of diagnostics) {
    const { severity, message } = diagnostic;
    const text = describeMessage(diagnostic);
    if (!isFault(diagnostic)) log.write(severity, text);
    else if (faults.has(message)) {
      // Of others the entry tells that they have cost.
      told.add(message);
      log.write(severity, textOf(message, text));
    }
  }
  for (const [key, text] of faults) {
    if (!told.has(key)) log.write('ERROR', textOf(key, text));
  }
}
