import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type ReadTreeOptions, readFolder, readTree } from '../lint/read-tree.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import type { CommandIo } from './command.ts';
import { type InputOptions, readInputs } from './input.ts';

export interface LintInput {
  readonly trees: readonly SourceTree[];
  /** What could not be read. */
  readonly failures: readonly Diagnostic[];
}

/**
 * Reads what the words of a command line name, each file with what it includes. A file that another one includes is
 * looked at as a part of that; a folder is read as an includedir would read it.
 */
export async function readLintInput(
  paths: readonly string[],
  io: CommandIo,
  inputOptions: InputOptions,
  treeOptions: ReadTreeOptions,
): Promise<LintInput> {
  const trees: SourceTree[] = [];
  const failures: Diagnostic[] = [];
  // Without any word it is standard input, and readInputs says so.
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const inputs = await readInputs(path === undefined ? [] : [path], io, inputOptions);
    failures.push(...inputs.failures);
    if (path !== undefined && isFolder(resolve(io.cwd, path))) {
      if (inputs.failures.length === 0) trees.push(readFolder(inputs.sources, path, treeOptions));
    } else {
      trees.push(...inputs.sources.map((source) => readTree(source, treeOptions)));
    }
  }
  return { trees: withoutParts(trees), failures };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Leaves out trees of which every file is a part of another tree. */
function withoutParts(trees: readonly SourceTree[]): SourceTree[] {
  const kept: SourceTree[] = [];
  const bySize = [...trees].sort((a, b) => Number(a.isPartial) - Number(b.isPartial));
  const seen = new Set<string>();
  for (const tree of bySize) {
    const main = tree.files[0];
    const isPart = main !== undefined && main.path !== '-' && tree.files.every((file) => seen.has(file.path));
    if (isPart) continue;
    for (const file of tree.files) seen.add(file.path);
    kept.push(tree);
  }
  return kept;
}
