import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Overrides } from '../lint/fix-tree.ts';
import { isDropIn, type ReadTreeOptions, readFolder, readTree } from '../lint/read-tree.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { unreadFiles } from '../lint/unread-files.ts';
import { pathBelow } from '../model/host/path-below.ts';
import type { ModelFiles } from '../model/host-tables.ts';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { type InputOptions, readInputs } from './input.ts';
import { isSystemError } from './system-error.ts';

/** What is linted as one: sources of one word of the command line, not yet read as a configuration. */
export interface LintSource {
  /** The file, or the folder. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isStdin: boolean;
  readonly sources: readonly SourceText[];
  /** Of a main file: the files that are known to be read by it. */
  readonly dropIns?: readonly SourceText[];
}

/** A tree that can be read whenever it is needed, also with other texts in place of its files. */
export interface LintSubject {
  readonly from: LintSource;
  /** Where its files lie. */
  readonly paths: readonly string[];
  /** What its files include and could not be read. */
  readonly unread: readonly Diagnostic[];
  /** Whether nothing is known of the main file. */
  readonly isPartial: boolean;
  readonly open: () => SourceTree;
  readonly read: (overrides: Overrides) => SourceTree;
}

export interface LintSources {
  readonly sources: readonly LintSource[];
  /** What could not be read. */
  readonly failures: readonly Diagnostic[];
}

/** Reads the files that the words of a command line name; absolute ones below `root`, if there is one. */
export async function readLintSources(
  paths: readonly string[],
  io: CommandIo,
  options: InputOptions & { readonly root: string | undefined },
): Promise<LintSources> {
  const sources: LintSource[] = [];
  const failures: Diagnostic[] = [];
  // Without any word it is standard input, and readInputs says so.
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const place = path === undefined ? undefined : belowRoot(path, options.root, io.cwd);
    const inputs = await readInputs(place === undefined ? [] : [place], io, options);
    failures.push(...inputs.failures);
    const isStdin = path === undefined || path === '-';
    const named = inputs.sources.map((source) => {
      if (isStdin || options.root === undefined) return source;
      // A link may have led elsewhere; what was named keeps its name.
      const isItself = path !== undefined && isAbsolute(path) && source.path === place;
      return renamed(source, isItself ? path : nameBelowRoot(source.path, options.root, io.cwd));
    });
    if (path !== undefined && place !== undefined && isFolder(resolve(io.cwd, place))) {
      if (named.length > 0 || inputs.failures.length === 0)
        sources.push({ path, isFolder: true, isStdin: false, sources: named });
    } else {
      for (const source of named) {
        sources.push({ path: source.path, isFolder: false, isStdin, sources: [source] });
      }
    }
  }
  return { sources, failures };
}

/** Reads what the sources include. */
export function openSubject(from: LintSource, options: ReadTreeOptions): LintSubject {
  const build = (sources: readonly SourceText[], each: ReadTreeOptions) => {
    const [main] = sources;
    if (!from.isFolder && main !== undefined) return readTree(main, { ...each, dropIns: from.dropIns });
    return readFolder(sources, from.path, each);
  };
  const read = (overrides: Overrides) =>
    build(
      from.sources.map((source) => overrides.get(pathOf(source, options.cwd)) ?? source),
      { ...options, files: overlay(options.files, overrides) },
    );
  const open = () => build(from.sources, options);
  // Thousands of files that include nothing are read one after the other, and none of their trees is kept.
  const readsMore = options.inetdCompat === true || from.sources.some(({ text }) => /include/i.test(text));
  if (!options.follow || !readsMore) {
    const paths = from.sources.map((source) => pathOf(source, options.cwd));
    return { from, paths, unread: [], isPartial: from.isFolder || isDropIn(from.path), open, read };
  }
  const tree = open();
  return {
    from,
    paths: tree.files.map(({ path }) => path),
    unread: unreadFiles(tree),
    isPartial: tree.isPartial,
    open: () => tree,
    read,
  };
}

/** Leaves out trees of which every file is a part of another tree. */
export function withoutParts(subjects: readonly LintSubject[]): LintSubject[] {
  const seen = new Set<string>();
  const kept = new Set<LintSubject>();
  const wholeFirst = [...subjects].sort((a, b) => Number(a.isPartial) - Number(b.isPartial));
  for (const subject of wholeFirst) {
    const { paths } = subject;
    if (!subject.from.isStdin && paths.length > 0 && paths.every((path) => seen.has(path))) continue;
    for (const path of paths) seen.add(path);
    kept.add(subject);
  }
  return subjects.filter((subject) => kept.has(subject));
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

function renamed(source: SourceText, path: string): SourceText {
  return path === source.path ? source : new SourceText(path, source.text, source.encoding);
}

function pathOf(source: SourceText, cwd: string): string {
  return source.path === '-' ? '-' : resolve(cwd, source.path);
}

function overlay(files: ModelFiles, overrides: Overrides): ModelFiles {
  return {
    ...files,
    read: (path) => {
      const source = overrides.get(path);
      return source === undefined ? files.read(path) : { bytes: source.encode() };
    },
  };
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
