import { main } from '../../src/commands/main.ts';
import type { CaseDiagnostic } from './convert-cases.ts';
import { fakeIo } from './fake-io.ts';

export interface ConvertedText {
  readonly status: number;
  readonly output: string;
  /** `LINE LEVEL CODE` of each diagnostic, in the order of the report. */
  readonly said: readonly string[];
}

/** What `xcfg convert` makes of a text on its standard input. */
export async function convertText(input: string, ...words: readonly string[]): Promise<ConvertedText> {
  const io = fakeIo({ input });
  const status = await main(['convert', '--report=json', ...words], io);
  const { diagnostics } = JSON.parse(io.err()) as { diagnostics: readonly CaseDiagnostic[] };
  const said = diagnostics.map(({ level, line, code }) => `${line} ${level} ${code}`);
  return { status, output: io.out(), said };
}

/** The attributes of the entries of an xinetd.conf, each entry as one line of `name key=value ...`. */
export function entriesOf(text: string): readonly string[] {
  return [...text.matchAll(/^service (.*)\n\{\n([^}]*)\}/gm)].map(([, name = '', body = '']) =>
    [
      name,
      ...body
        .trim()
        .split('\n')
        .map((line) => line.trim().replace(/ += /, '=')),
    ].join(' '),
  );
}
