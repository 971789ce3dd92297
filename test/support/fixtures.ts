import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../../src/ast/nodes.ts';
import { SourceText } from '../../src/text/source-text.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Set this variable to write what the code gives over the expectations, then review the difference like code:
 * `XCFG_UPDATE_FIXTURES=1 npm test test/format/format-file.test.ts`
 */
const updates = Boolean(process.env.XCFG_UPDATE_FIXTURES);

/** A folder with the files of one case; by custom `input.conf`, `expected.conf` and `diagnostics.txt`. */
export interface Fixture {
  readonly name: string;
  readonly has: (file: string) => boolean;
  /** The text of a file, under its bare name, so that no expectation holds a path of this machine. */
  readonly source: (file: string) => SourceText;
  /** Compares with a file of the folder, or rewrites it. A file that is not there stands for an empty text. */
  readonly expect: (file: string, actual: string | Buffer) => void;
}

/** The cases below a folder of `fixtures/`, one for each folder; adding a case is adding files. */
export function fixtures(area: string): readonly Fixture[] {
  const folder = join(projectFolder, 'fixtures', area);
  const names = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  assert.ok(names.length > 0, `no fixture below ${area}`);
  return names
    .map(({ name }) => openFixture(join(folder, name), name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function openFixture(folder: string, name: string): Fixture {
  const has = (file: string) => existsSync(join(folder, file));
  const read = (file: string) => readFileSync(join(folder, file));
  return {
    name,
    has,
    source: (file) => SourceText.fromBytes(file, read(file)),
    expect(file, actual) {
      const bytes = Buffer.from(actual);
      const expected = has(file) ? read(file) : Buffer.alloc(0);
      if (bytes.equals(expected)) return;
      if (updates) {
        writeFileSync(join(folder, file), bytes);
        return;
      }
      const path = relative(projectFolder, join(folder, file));
      assert.equal(bytes.toString('latin1'), expected.toString('latin1'), `differs from ${path}`);
    },
  };
}

/** Faults as the lines of a `diagnostics.txt`: place, severity, code, message. */
export function problemLines(source: SourceText, problems: readonly Problem[]): string {
  return problems
    .map((problem) => {
      const { line, column } = source.positionAt(problem.start);
      return `${line}:${column} ${problem.severity} ${problem.code}: ${problem.message}\n`;
    })
    .join('');
}

/** Paths of all files with an extension below a folder of `fixtures/`. */
export function fixtureFiles(area: string, extension: string): readonly string[] {
  const folder = join(projectFolder, 'fixtures', area);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(`.${extension}`),
  );
  assert.ok(files.length > 0, `no .${extension} file below ${area}`);
  return files.sort().map((file) => join(folder, file));
}
