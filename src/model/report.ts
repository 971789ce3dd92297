import type { Location } from '../diagnostics/diagnostic.ts';
import type { ModelDiagnostic } from './service.ts';

export type LogSeverity = ModelDiagnostic['severity'];

/** Where a message belongs: file and line as the daemon would print them, and the exact range. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly location: Location;
}

/** A message with the file and the line, as the daemon's `parsemsg`. */
export function placedMessage(
  severity: LogSeverity,
  code: string,
  message: string,
  place: Place,
): ModelDiagnostic {
  return { severity, code, message, file: place.file, line: place.line, location: place.location };
}

/** A message without them, as the daemon's `msg`; the exact range is kept for people. */
export function plainMessage(
  severity: LogSeverity,
  code: string,
  message: string,
  location: Location | null,
): ModelDiagnostic {
  return { severity, code, message, location };
}
