import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';
import { spanOf } from './position.ts';
import { diagnosticsOf, type Reporter } from './report.ts';

/** One line per finding, for editors and grep. */
export const compact: Reporter = (report) => diagnosticsOf(report).map(compactLine).join('');

/** `file:line:col: severity: message [rule]` */
export function compactLine({ code, severity, message, effect, location }: Diagnostic): string {
  const { line, column } = spanOf(location).start;
  const consequence = effect === undefined ? '' : ` (${effect})`;
  const place = `${location.source.path}:${line}:${column}`;
  return `${escapeControl(`${place}: ${severity}: ${message}${consequence} [${code}]`)}\n`;
}
