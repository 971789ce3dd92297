import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';

/** A diagnostic as one line that editors and terminals can jump to; without a place where the file has no text. */
export function diagnosticLine({ code, severity, message, location }: Diagnostic): string {
  const { source, range } = location;
  const { line, column } = source.positionAt(range.start);
  const place = source.text === '' ? source.path : `${source.path}:${line}:${column}`;
  return `${escapeControl(`${place}: ${severity}: ${message} [${code}]`)}\n`;
}
