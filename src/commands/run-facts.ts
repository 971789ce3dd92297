import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { diskFiles } from '../model/host/disk-files.ts';
import { compactLine } from '../report/compact.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { FactsOptions } from './facts.ts';
import { gatherFacts } from './gather-facts.ts';
import { readLintSources } from './lint-input.ts';
import { LintSubject } from './lint-subject.ts';
import { write } from './output.ts';

/** The work of `xcfg facts`. */
export async function runFacts(
  { paths = [], root, etc }: ArgumentsCamelCase<FactsOptions & CommonOptions>,
  io: CommandIo,
): Promise<ExitCode> {
  const folder = root === undefined ? undefined : resolve(io.cwd, root);
  const files = diskFiles({ directory: io.cwd, root: folder });
  // A snapshot of the databases alone needs no configuration, so standard input is read only when it is named.
  const input =
    paths.length === 0 ? { sources: [], failures: [] } : await readLintSources(paths, io, { root });
  await write(io.stderr, input.failures.map(compactLine).join(''));
  // Where it is used nobody would know that the paths of a file are missing in it.
  if (input.failures.length > 0) return exitCodes.failure;
  const trees = input.sources.map((source) =>
    new LintSubject(source, { files, cwd: io.cwd, follow: true }).open(),
  );
  const place = etc === undefined ? { files, etc: '/etc' } : { files: diskFiles({ directory: io.cwd }), etc };
  const facts = gatherFacts(trees, { ...place, root: folder });
  await write(io.stdout, `${JSON.stringify(facts, null, 2)}\n`);
  return exitCodes.ok;
}
