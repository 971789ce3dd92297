import { PlaceReport } from '../diagnostic.ts';
import type { ReadingState } from './reading-state.ts';

/** Says that a file has carriage returns, once, at the first line with one. */
export function reportCrlf(state: ReadingState, file: string, line: number): void {
  if (state.hasSaidCrlf) return;
  state.hasSaidCrlf = true;
  new PlaceReport(state.report, { file, line }).warning('crlf', 'carriage returns at line ends are dropped');
}
