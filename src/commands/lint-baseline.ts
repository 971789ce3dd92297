import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fingerprinter } from '../report/fingerprint.ts';
import type { FileReport } from '../report/report.ts';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { FileError } from './file-error.ts';
import { readFile } from './input.ts';
import { writeFileAtomically } from './write-file.ts';

/** Fingerprints of findings that are known and not to be reported. */
export type Baseline = ReadonlySet<string>;

/**
 * Reads a baseline.
 * @throws FileError when there is none, it cannot be read, or it holds something else
 */
export function readBaseline(path: string, cwd: string): Baseline {
  if (!existsSync(nameOnDisk(resolve(cwd, path))))
    throw new FileError(path, 'there is no baseline; --write-baseline makes one');
  const { text } = readFile(path, cwd);
  try {
    const document = JSON.parse(text) as { version?: unknown; findings?: unknown } | null;
    const findings = document?.findings;
    if (
      document?.version === 1 &&
      Array.isArray(findings) &&
      findings.every((each) => typeof each?.fingerprint === 'string')
    ) {
      return new Set(findings.map((each) => each.fingerprint));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new FileError(path, 'not a baseline that --write-baseline has written');
}

/** Records the findings of a run, each with its place for people who review the file. */
export function writeBaseline(path: string, cwd: string, files: readonly FileReport[]): number {
  const nameOf = namesBeside(resolve(cwd, path), cwd);
  const fingerprintOf = fingerprinter(nameOf);
  const findings = files.flatMap(({ diagnostics }) =>
    diagnostics.map((each) => ({
      fingerprint: fingerprintOf(each),
      rule: each.code,
      path: nameOf(each.location.source.path),
      line: each.location.source.lineAt(each.location.range.start),
    })),
  );
  writeFileAtomically(path, Buffer.from(`${JSON.stringify({ version: 1, findings }, null, 2)}\n`), { cwd });
  return findings.length;
}

/**
 * Names of files as a baseline says them, from its own folder: whatever a run calls them and wherever it is started, they
 * are the same files.
 */
export function namesBeside(baseline: string, cwd: string): (path: string) => string {
  return (path) => (path === '-' ? path : relative(dirname(baseline), resolve(cwd, path)));
}

/** Leaves out what the baseline knows; also tells how many that were. */
export function withoutKnown(
  files: readonly FileReport[],
  baseline: Baseline,
  nameOf: (path: string) => string,
): { readonly files: readonly FileReport[]; readonly known: number } {
  const fingerprintOf = fingerprinter(nameOf);
  let known = 0;
  const left = files.map(({ source, diagnostics }) => ({
    source,
    diagnostics: diagnostics.filter((each) => {
      const isKnown = baseline.has(fingerprintOf(each));
      if (isKnown) known += 1;
      return !isKnown;
    }),
  }));
  return { files: left, known };
}
