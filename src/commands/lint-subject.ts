import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Overrides } from '../lint/fix-tree.ts';
import { isDropIn, type ReadTreeOptions, readFolder, readTree } from '../lint/read-tree.ts';
import { serviceNames } from '../lint/reading-order.ts';
import type { NotIncluded, SourceTree } from '../lint/source-tree.ts';
import { unreadFiles } from '../lint/unread-files.ts';
import type { ModelFiles } from '../model/host-tables.ts';
import { excerptDiagnostics } from '../report/excerpt.ts';
import type { SourceText } from '../text/source-text.ts';
import { FileError } from './file-error.ts';
import { unreadable } from './input.ts';
import type { LintFile } from './lint-file.ts';
import type { LintSource } from './lint-input.ts';

/** A tree that can be read whenever it is needed, also with other texts in place of its files. */
export class LintSubject {
  readonly from: LintSource;
  /** What its files include and could not be read. */
  readonly unread: readonly Diagnostic[];
  /** Whether nothing is known of the main file. */
  readonly isPartial: boolean;
  readonly #options: ReadTreeOptions;
  /** Where its files lie, if there may be more of them than were named. */
  readonly #paths: readonly string[] | undefined;
  readonly #gone = new Map<LintFile, FileError>();
  #tree: SourceTree | undefined;

  /** Reads what the source includes. */
  constructor(from: LintSource, options: ReadTreeOptions) {
    this.from = from;
    this.#options = options;
    let unread: readonly Diagnostic[] = [];
    // Thousands of files that include nothing are read one after the other, and none of their trees is kept.
    if (options.follow && (options.inetdCompat === true || from.files.some((file) => file.mayInclude))) {
      try {
        this.#tree = this.open();
        this.#paths = this.#tree.files.map(({ path }) => path);
        unread = unreadFiles(this.#tree);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        unread = [unreadable(error)];
      }
    }
    this.unread = unread.length === 0 ? unread : excerptDiagnostics(unread);
    this.isPartial = this.#tree?.isPartial ?? (from.isFolder || isDropIn(from.path));
  }

  /** Standard input, if it is a part of the tree, and where its name says that it lies. */
  get stdin(): { readonly path: string; readonly file: LintFile } | undefined {
    const [file] = [this.from, ...(this.from.dropIns ?? [])].find(({ isStdin }) => isStdin)?.files ?? [];
    return file && { path: pathOf(file, this.#options.cwd), file };
  }

  /** Files of a folder that could be read no longer when its turn came; it is looked at without them. */
  get gone(): readonly Diagnostic[] {
    return [...this.#gone.values()].map(unreadable);
  }

  /** Where its files lie. */
  get paths(): readonly string[] {
    return this.#paths ?? pathsOf(this.from, this.#options.cwd);
  }

  /** The drop-ins that its main file does not read; without its includes nothing is known of that. */
  get notIncluded(): NotIncluded | undefined {
    const { path, dropIns = [] } = this.from;
    const { cwd, follow } = this.#options;
    if (!follow) return undefined;
    const read = new Set(this.paths);
    const paths = dropIns.flatMap((each) => pathsOf(each, cwd)).filter((each) => !read.has(each));
    if (paths.length === 0) return undefined;
    return { by: path, paths: new Set(paths), services: serviceNames(this.open()) };
  }

  /** Of how many files it holds the tree. */
  get held(): number {
    return this.#tree?.files.length ?? 0;
  }

  /** @throws FileError when a file of the source is there no longer */
  open(): SourceTree {
    return this.#tree ?? this.read(new Map());
  }

  /** Lets go of the tree: it is read again if it is still needed. */
  close(): void {
    this.#tree = undefined;
  }

  read(overrides: Overrides): SourceTree {
    const { files, path, isFolder, dropIns, notIncluded } = this.from;
    const { cwd } = this.#options;
    const { stdin } = this;
    // It stands in for the file that has its name.
    const texts =
      stdin === undefined ? overrides : new Map([[stdin.path, stdin.file.read(cwd)], ...overrides]);
    const textOf = (file: LintFile) => texts.get(pathOf(file, cwd)) ?? file.read(cwd);
    const options = { ...overlaid(this.#options, texts), notIncluded };
    const [main] = files;
    if (isFolder || main === undefined) return readFolder(this.#readable(files, textOf), path, options);
    const inFolders = dropIns?.flatMap((source) => source.files.map(textOf));
    return readTree(textOf(main), inFolders === undefined ? options : { ...options, dropIns: inFolders });
  }

  #readable(files: readonly LintFile[], textOf: (file: LintFile) => SourceText): SourceText[] {
    return files.flatMap((file) => {
      if (this.#gone.has(file)) return [];
      try {
        return [textOf(file)];
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#gone.set(file, error);
        return [];
      }
    });
  }
}

/** Where the files of a source lie. */
export function pathsOf({ files }: LintSource, cwd: string): readonly string[] {
  return files.map((file) => pathOf(file, cwd));
}

function pathOf({ path }: LintFile, cwd: string): string {
  return path === '-' ? '-' : resolve(cwd, path);
}

function overlaid(options: ReadTreeOptions, overrides: Overrides): ReadTreeOptions {
  if (overrides.size === 0) return options;
  const read: ModelFiles['read'] = (path) => {
    const source = overrides.get(path);
    return source === undefined ? options.files.read(path) : { bytes: source.encode() };
  };
  return { ...options, files: { ...options.files, read } };
}
