import type { ConversionCode } from './codes.ts';

/** E: not converted, or a restriction lost. W: another meaning, or something harmless lost. I: worth knowing. */
export type DiagnosticLevel = 'E' | 'W' | 'I';

/** What a conversion has to say about a place of its source. */
export interface ConversionDiagnostic {
  readonly level: DiagnosticLevel;
  readonly code: string;
  readonly file: string;
  /** 1-based; 0 where the whole file is meant. */
  readonly line: number;
  readonly text: string;
}

/** Takes the diagnostics as they come up. */
export type Report = (diagnostic: ConversionDiagnostic) => void;

/** The place that the next diagnostics are about. */
export interface DiagnosticPlace {
  readonly file: string;
  readonly line: number;
}

/** Reports for one entry of the source. */
export class PlaceReport {
  readonly #report: Report;
  readonly #place: DiagnosticPlace;

  constructor(report: Report, place: DiagnosticPlace) {
    this.#report = report;
    this.#place = place;
  }

  error(code: ConversionCode, text: string): void {
    this.#add('E', code, text);
  }

  warning(code: ConversionCode, text: string): void {
    this.#add('W', code, text);
  }

  info(code: ConversionCode, text: string): void {
    this.#add('I', code, text);
  }

  /** One that is made for the place. */
  add(make: (place: DiagnosticPlace) => ConversionDiagnostic): void {
    this.#report(make(this.#place));
  }

  #add(level: DiagnosticLevel, code: ConversionCode, text: string): void {
    this.#report({ level, code, file: this.#place.file, line: this.#place.line, text });
  }
}

/** Whether something was lost; `strict` counts what only changed its meaning, too. */
export function isLoss(diagnostic: ConversionDiagnostic, strict: boolean): boolean {
  return diagnostic.level === 'E' || (strict && diagnostic.level === 'W');
}
