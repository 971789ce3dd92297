import type { ConversionDiagnostic, DiagnosticPlace } from '../diagnostic.ts';

/**
 * inetd passes over a name that is in no table. Said of every line of some files, and shown of few: its text is made when
 * somebody reads it.
 */
export class UnknownService implements ConversionDiagnostic {
  readonly level = 'W';
  readonly code = 'unknown-service';
  readonly file: string;
  readonly line: number;
  readonly #name: string;
  readonly #protocol: string;

  constructor(name: string, protocol: string, { file, line }: DiagnosticPlace) {
    this.#name = name;
    this.#protocol = protocol;
    this.file = file;
    this.line = line;
  }

  get text(): string {
    const name = this.#name;
    const what =
      this.#protocol === 'rpc'
        ? `${name} is in no rpc table`
        : `${name}/${this.#protocol} is in no services table`;
    return `${what}; inetd ignores such a line, the entry is disabled`;
  }

  /** JSON finds no getters by itself. */
  toJSON(): ConversionDiagnostic {
    const { level, code, file, line, text } = this;
    return { level, code, file, line, text };
  }
}
