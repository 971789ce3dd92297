import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NotIncluded } from '../lint/source-tree.ts';
import { pathBelow } from '../model/host/path-below.ts';
import { nameOnDisk } from '../text/bare-bytes.ts';
import type { CommandIo } from './command.ts';
import { FileError } from './file-error.ts';
import { filesOf, type InputOptions, readInputs, unreadable } from './input.ts';
import { LintFile, LintFiles } from './lint-file.ts';
import { isSystemError } from './system-error.ts';

/** What is linted as one: files of one word of the command line, not yet read as a configuration. */
export interface LintSource {
  /** The file, or the folder. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isStdin: boolean;
  readonly files: readonly LintFile[];
  /** Of a main file: what is known to be read by it. */
  readonly dropIns?: readonly LintSource[];
  /** Those of the files that the main file was said to read, and does not. */
  readonly notIncluded?: NotIncluded;
}

export interface LintSources {
  readonly sources: readonly LintSource[];
  /** What could not be read. */
  readonly failures: readonly Diagnostic[];
}

type LintInputOptions = InputOptions & { readonly root: string | undefined };

/** Reads the files that the words of a command line name; absolute ones below `root`, if there is one. */
export async function readLintSources(
  paths: readonly string[],
  io: CommandIo,
  options: LintInputOptions,
): Promise<LintSources> {
  const sources: LintSource[] = [];
  const failures: Diagnostic[] = [];
  const files = new LintFiles(io.cwd);
  // Without any word it is standard input, and readInputs says so.
  for (const path of paths.length === 0 ? [undefined] : paths) {
    if (path === undefined || path === '-') {
      const inputs = await readInputs(path === undefined ? [] : [path], io, options);
      failures.push(...inputs.failures);
      for (const source of inputs.sources) {
        sources.push({
          path: source.path,
          isFolder: false,
          isStdin: true,
          files: [LintFile.holding(source)],
        });
      }
      continue;
    }
    const found = await readWord(path, files, io, options);
    failures.push(...found.failures);
    if (isFolder(resolve(io.cwd, belowRoot(path, options.root, io.cwd)))) {
      if (found.files.length > 0 || found.failures.length === 0)
        sources.push({ path, isFolder: true, isStdin: false, files: found.files });
    } else {
      for (const file of found.files) {
        sources.push({ path: file.path, isFolder: false, isStdin: false, files: [file] });
      }
    }
  }
  return { sources, failures };
}

async function readWord(
  path: string,
  files: LintFiles,
  { cwd }: CommandIo,
  options: LintInputOptions,
): Promise<{ readonly files: readonly LintFile[]; readonly failures: readonly Diagnostic[] }> {
  const { root } = options;
  const place = belowRoot(path, root, cwd);
  const failures: Diagnostic[] = [];
  const orFailure = <Result>(error: unknown, otherwise: Result): Result => {
    if (!(error instanceof FileError)) throw error;
    failures.push(unreadable(error));
    return otherwise;
  };
  const places = await filesOf(place, cwd, options).catch((error) => orFailure(error, []));
  // A link may have led elsewhere; what was named keeps its name.
  const nameOf = (each: string) =>
    root === undefined ? each : isAbsolute(path) && each === place ? path : nameBelowRoot(each, root, cwd);
  const read = places.flatMap((each) => {
    try {
      return [files.read(each, nameOf(each))];
    } catch (error) {
      return orFailure(error, []);
    }
  });
  return { files: read, failures };
}

/** Where an absolute path leads below a root; no link leads out of it. */
export function belowRoot(path: string, root: string | undefined, cwd: string): string {
  if (root === undefined || !isAbsolute(path)) return path;
  const absolute = pathBelow(resolve(cwd, root), path);
  return isAbsolute(root) ? absolute : relative(cwd, absolute);
}

/** What the system below the root calls a file. */
export function nameBelowRoot(path: string, root: string, cwd: string): string {
  const local = relative(resolve(cwd, root), resolve(cwd, path));
  return local === '' || local.startsWith('..') ? path : `/${local}`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(nameOnDisk(path), { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    // Reading it has failed as well, and that is reported.
    if (!isSystemError(error)) throw error;
    return false;
  }
}
