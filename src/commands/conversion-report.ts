import { isNote } from '../convert/codes.ts';
import { type ConversionDiagnostic, type DiagnosticLevel, isLoss } from '../convert/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';

const levelWords: Readonly<Record<DiagnosticLevel, string>> = { E: 'error', W: 'warning', I: 'info' };

/**
 * How many remarks of one kind are shown to a person; nobody reads the hundred thousandth. Errors are all shown, and the
 * JSON document has everything.
 */
const shownOfAKind = 1000;

/** Counted in place: to put a new number into the map costs as much as to find it. */
interface Tally {
  count: number;
}

/** Collects what a conversion has to say, in the order of the source. */
export class ConversionReport {
  readonly #format: 'text' | 'json';
  readonly #isStrict: boolean;
  readonly #diagnostics: ConversionDiagnostic[] = [];
  readonly #counts = new Map<string, Tally>();
  #hasLosses = false;

  constructor(format: 'text' | 'json', isStrict: boolean) {
    this.#format = format;
    this.#isStrict = isStrict;
  }

  readonly add = (diagnostic: ConversionDiagnostic): void => {
    if (this.#format === 'json' && isNote(diagnostic.code)) return;
    if (isLoss(diagnostic, this.#isStrict)) this.#hasLosses = true;
    let tally = this.#counts.get(diagnostic.code);
    if (tally === undefined) {
      tally = { count: 0 };
      this.#counts.set(diagnostic.code, tally);
    }
    tally.count += 1;
    if (this.#format === 'json' || diagnostic.level === 'E' || tally.count <= shownOfAKind) {
      this.#diagnostics.push(diagnostic);
    }
  };

  get hasLosses(): boolean {
    return this.#hasLosses;
  }

  /** What is written to standard error, in pieces; `notes` are for people only. */
  *text(notes: readonly string[]): Generator<string> {
    const files = [...new Set(this.#diagnostics.map(({ file }) => file))];
    const diagnostics = this.#diagnostics.sort(
      (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line,
    );
    if (this.#format === 'json') {
      yield* jsonDocument(diagnostics);
      return;
    }
    const left = [...this.#counts].flatMap(([code, { count }]) => this.#leftOut(code, count));
    yield [
      ...diagnostics.map(diagnosticText),
      ...left,
      ...notes.map((note) => `${escapeControl(note)}\n`),
    ].join('');
  }

  #leftOut(code: string, count: number): readonly string[] {
    const shown = this.#diagnostics.reduce((sum, each) => sum + (each.code === code ? 1 : 0), 0);
    return count === shown ? [] : [`${count - shown} more of [${code}]; "--report json" lists all\n`];
  }
}

function diagnosticText({ level, code, file, line, text }: ConversionDiagnostic): string {
  const place = line === 0 ? file : `${file}:${line}`;
  return `${escapeControl(`${place}: ${levelWords[level]}: ${text} [${code}]`)}\n`;
}

/** How much text is put together before it is handed on. */
const chunkLength = 64 * 1024;

/** `{ version, diagnostics }` as JSON.stringify indents it by one, without ever being there as a whole. */
function* jsonDocument(diagnostics: readonly ConversionDiagnostic[]): Generator<string> {
  if (diagnostics.length === 0) {
    yield `${JSON.stringify({ version: 1, diagnostics }, null, 1)}\n`;
    return;
  }
  let text = '{\n "version": 1,\n "diagnostics": [\n';
  for (const [at, diagnostic] of diagnostics.entries()) {
    const item = JSON.stringify(diagnostic, null, 1).replaceAll('\n', '\n  ');
    text += `${at === 0 ? '' : ',\n'}  ${item}`;
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield `${text}\n ]\n}\n`;
}
