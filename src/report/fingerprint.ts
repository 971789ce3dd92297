import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * Gives each finding a name that survives edits elsewhere in the file: rule, file, and the text of its line. Findings
 * that agree in all of it are told apart by their order. `nameOf` gives files the names that count.
 */
export function fingerprinter(
  nameOf: (path: string) => string = (path) => path,
): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  return ({ code, location: { source, range } }) => {
    const start = source.lines.startOf(source.lineAt(range.start));
    const end = source.text.indexOf('\n', start);
    const line = source.text.slice(start, end === -1 ? undefined : end).trim();
    const key = JSON.stringify([code, nameOf(source.path), line]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return createHash('sha256').update(`${key}${count}`).digest('hex').slice(0, 32);
  };
}
