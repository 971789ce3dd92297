import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Directive, Format } from '../ast/nodes.ts';
import { dropInNames, sortByBytes } from '../catalog/drop-in-names.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import { parse } from '../grammar/parse.ts';
import type { ModelFiles, ReadError } from '../model/host-tables.ts';
import { IncludeStack } from '../model/includes.ts';
import { filesOfPattern } from '../model/reader/inetd-include.ts';
import { isText } from '../text/is-text.ts';
import { SourceText } from '../text/source-text.ts';
import {
  type Inclusion,
  type InclusionOutcome,
  type NotIncluded,
  type SkippedName,
  SourceTree,
  type TreeFile,
} from './source-tree.ts';
import { maskTemplates } from './templates.ts';

export interface ReadTreeOptions {
  readonly files: ModelFiles;
  /** The folder that relative paths start from; the folder of the main file is tried after it. */
  readonly cwd: string;
  readonly format?: Format | undefined;
  /** How inetd.conf is read; without it as the union of all dialects. */
  readonly dialect?: DialectChoice;
  /** Whether includes are followed. */
  readonly follow: boolean;
  /** Decides the format of a file where `format` does not. */
  readonly formatOf?: (path: string) => Format | undefined;
  /** Global patterns of what a template leaves open. */
  readonly placeholders?: readonly RegExp[];
  /** Files that the main file reads through an includedir, on the machine that they are for if not on this one. */
  readonly dropIns?: readonly SourceText[] | undefined;
  /** What is said to be read by another main file, and is not. */
  readonly notIncluded?: NotIncluded | undefined;
  /** Whether the daemon also reads inetd.conf (-inetd_compat): the one beside the main file. */
  readonly inetdCompat?: boolean;
}

/** More is no configuration but a loop of links. */
const mostFiles = 20_000;

/** Reads everything that a main file includes, in the order of the daemon. */
export function readTree(main: SourceText, options: ReadTreeOptions): SourceTree {
  const reader = new TreeReader(main.path, options);
  reader.readMain(main);
  for (const dropIn of options.dropIns ?? []) reader.adopt(dropIn);
  if (options.inetdCompat === true) reader.readInetdConf(main);
  return reader.tree(isDropIn(main.path));
}

/** The files of a folder that is linted by itself, as if an includedir read them. */
export function readFolder(
  sources: readonly SourceText[],
  path: string,
  options: ReadTreeOptions,
): SourceTree {
  const reader = new TreeReader(path, options);
  reader.readNamedFolder(sources, path);
  return reader.tree(true);
}

/** A file in a drop-in folder has a main file somewhere, even when nobody named it. */
export function isDropIn(path: string): boolean {
  return /(?:^|\/)xinetd\.d\/[^/]+$/.test(path);
}

/** Why there is nothing of a file in the tree. */
type Failure = Exclude<InclusionOutcome, 'read'>;

const readFailures: Readonly<Record<ReadError, Failure>> = {
  missing: 'missing',
  directory: 'no-file',
  denied: 'denied',
  exhausted: 'failed',
  pipe: 'pipe',
  device: 'device',
  'too-large': 'too-large',
  other: 'failed',
};

type FoundFile = { readonly source: SourceText } | { readonly outcome: Failure };

type FollowedFile = TreeFile | { readonly outcome: Failure };

class TreeReader {
  readonly #options: ReadTreeOptions;
  readonly #mainPath: string;
  readonly #mainFolder: string;
  readonly #stack: IncludeStack;
  readonly #byPath = new Map<string, TreeFile>();
  readonly #followed = new Set<TreeFile>();
  readonly #inclusions: Inclusion[] = [];
  #inetdConf: TreeFile | null = null;

  constructor(mainPath: string, options: ReadTreeOptions) {
    this.#options = options;
    this.#stack = new IncludeStack(options.files);
    this.#mainPath = mainPath;
    this.#mainFolder = dirname(resolve(options.cwd, mainPath));
  }

  tree(isPartial: boolean): SourceTree {
    return new SourceTree({
      files: [...this.#byPath.values()],
      inclusions: this.#inclusions,
      inetdConf: this.#inetdConf,
      isPartial,
      notIncluded: this.#options.notIncluded ?? null,
    });
  }

  readMain(main: SourceText): void {
    this.#follow(this.#add(main, this.#placeOf(main), this.#options.format));
  }

  /** Where a text lies that was not found by a name; standard input lies nowhere. */
  #placeOf({ path }: SourceText): string {
    return path === '-' ? path : resolve(this.#options.cwd, path);
  }

  /** Adds a drop-in to the folder that includes it by its name; without such a folder nothing is known to read it. */
  adopt(source: SourceText): void {
    const path = this.#placeOf(source);
    if (this.#byPath.has(path)) return;
    const folder = basename(dirname(path));
    const candidates = this.#inclusions.filter(({ kind, by }) => kind === 'includedir' && by !== null);
    const inclusion =
      candidates.findLast((each) => basename(each.path) === folder) ??
      (candidates.length === 1 ? candidates[0] : undefined);
    if (inclusion === undefined || dropInNames([basename(path)]).length === 0) return;
    const file = this.#add(source, path, 'xinetd');
    const named = new Map(inclusion.files.map((each) => [basename(each.path), each]));
    named.set(basename(path), file);
    const files = sortByBytes([...named.keys()]).flatMap((name) => named.get(name) ?? []);
    this.#inclusions.splice(this.#inclusions.indexOf(inclusion), 1, { ...inclusion, outcome: 'read', files });
    this.#follow(file);
  }

  /** The daemon reads /etc/inetd.conf, where its main file stands too: on the machine that both are for. */
  readInetdConf(main: SourceText): void {
    const path = resolve(this.#mainFolder, 'inetd.conf');
    const isMainFile = this.#byPath.get(resolve(this.#options.cwd, main.path))?.file.format === 'xinetd';
    if (!this.#options.follow || !isMainFile || isDropIn(main.path) || this.#byPath.has(path)) return;
    const found = this.#readFile(path, join(dirname(main.path), 'inetd.conf'));
    if ('source' in found) this.#inetdConf = this.#add(found.source, path, 'inetd');
  }

  readNamedFolder(sources: readonly SourceText[], path: string): void {
    const files = sources.map((source) => this.#add(source, resolve(this.#options.cwd, source.path)));
    for (const file of files) this.#follow(file);
    const absolute = resolve(this.#options.cwd, path);
    const skipped = this.#skippedNames(absolute, path, this.#options.files.list(absolute) ?? []);
    this.#inclusions.push({ by: null, kind: 'includedir', path, outcome: 'read', files, skipped });
  }

  #add(source: SourceText, path: string, format?: Format): TreeFile {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const wanted = format ?? this.#options.formatOf?.(path);
    const { readable, opaque } = maskTemplates(source, this.#options.placeholders ?? []);
    const { file } = parse(readable, {
      ...(wanted === undefined ? {} : { format: wanted }),
      dialect: this.#options.dialect ?? 'auto',
    });
    const added: TreeFile = { source, file, path, readable, opaque };
    this.#byPath.set(path, added);
    return added;
  }

  /** Goes through the directives of a file, the first time that it is met. */
  #follow(file: TreeFile): void {
    if (!this.#options.follow || this.#followed.has(file)) return;
    this.#followed.add(file);
    // Most files include nothing, and asking the disk who they are costs a tenth of reading them.
    if (!file.file.children.some(({ type }) => type === 'Directive')) return;
    this.#stack.within(file.path, () => {
      for (const node of file.file.children) {
        if (node.type !== 'Directive' || node.values[0] === undefined) continue;
        const path = file.source.fileName(node.values[0].text);
        if (node.kind === 'include') this.#include(file, node, path);
        else if (node.kind === 'includedir') this.#includeFolder(file, node, path);
        else if (node.kind === 'glob-include') this.#includePattern(file, node, path);
      }
    });
  }

  #include(by: TreeFile, directive: Directive, path: string): void {
    const { absolute, shown } = this.#locate(path);
    const base = { by: { file: by, directive }, kind: 'include', path, skipped: [] } as const;
    const found = this.#readAndFollow(absolute, shown, 'xinetd');
    this.#inclusions.push(
      'source' in found ? { ...base, outcome: 'read', files: [found] } : { ...base, ...found, files: [] },
    );
  }

  #includeFolder(by: TreeFile, directive: Directive, path: string): void {
    const { absolute, shown } = this.#locate(path);
    const names = this.#options.files.list(absolute);
    const base = { by: { file: by, directive }, kind: 'includedir', path } as const;
    if (names === undefined) {
      this.#inclusions.push({ ...base, outcome: this.#folderFailure(absolute), files: [], skipped: [] });
      return;
    }
    const files: TreeFile[] = [];
    for (const name of dropInNames(names)) {
      const file = `${shown.replace(/\/$/, '')}/${name}`;
      const found = this.#includeDropIn(`${absolute}/${name}`, file);
      if (found === undefined) continue;
      if ('source' in found) files.push(found);
      // The folder is read all the same; what is wrong is one file, as if it had been named.
      else this.#inclusions.push({ ...base, ...found, kind: 'include', path: file, files: [], skipped: [] });
    }
    const skipped = this.#skippedNames(absolute, shown, names);
    this.#inclusions.push({ ...base, outcome: 'read', files, skipped });
  }

  /** NetBSD's `.include` is relative to the file that it stands in, and so are the names that it gives. */
  #includePattern(by: TreeFile, directive: Directive, pattern: string): void {
    const base = { by: { file: by, directive }, kind: 'glob-include', path: pattern, skipped: [] } as const;
    const { files, cwd } = this.#options;
    const match = filesOfPattern(pattern, by.source.path, {
      list: (path) => files.list(resolve(cwd, path)),
      kind: (path) => files.kind(resolve(cwd, path)),
    });
    switch (match.kind) {
      case 'unread-folder': {
        const outcome = this.#folderFailure(resolve(cwd, match.folder));
        this.#inclusions.push({ ...base, path: match.folder, outcome, files: [] });
        return;
      }
      case 'folder-pattern':
      case 'no-pattern':
        this.#inclusions.push({ ...base, outcome: match.kind, files: [] });
        return;
      case 'nothing':
        this.#inclusions.push({ ...base, outcome: 'read', files: [] });
        return;
      case 'files':
        break;
    }
    const read: TreeFile[] = [];
    for (const path of match.paths) {
      const found = this.#readAndFollow(resolve(cwd, path), path, 'inetd');
      if ('source' in found) read.push(found);
      else this.#inclusions.push({ ...base, ...found, path, files: [] });
    }
    if (read.length > 0 || match.paths.length === 0) {
      this.#inclusions.push({ ...base, outcome: 'read', files: read });
    }
  }

  /** A file of a folder; undefined for what is none. */
  #includeDropIn(absolute: string, shown: string): FollowedFile | undefined {
    if (this.#options.files.kind(absolute) !== 'file') return undefined;
    return this.#readAndFollow(absolute, shown, 'xinetd');
  }

  #skippedNames(absolute: string, shown: string, names: readonly string[]): SkippedName[] {
    return sortByBytes(names).flatMap((name): SkippedName[] => {
      const kind = this.#options.files.kind(`${absolute}/${name}`);
      const reason = name.includes('.') ? 'dot' : name.endsWith('~') ? 'tilde' : undefined;
      if (kind !== 'file') {
        return reason === undefined
          ? [{ name, reason: kind === 'missing' ? 'missing' : 'not-a-file', content: null }]
          : [];
      }
      if (reason === undefined) return [];
      const found = this.#readFile(`${absolute}/${name}`, `${shown.replace(/\/$/, '')}/${name}`);
      const content = 'source' in found ? parse(found.source, { format: 'xinetd' }) : null;
      return [{ name, reason, content }];
    });
  }

  /** Reads a file inside those that are being followed, and follows it. */
  #readAndFollow(absolute: string, shown: string, format: Format): FollowedFile {
    const refusal = this.#stack.refusal(absolute);
    if (refusal !== null) return { outcome: refusal === 'loop' ? 'loop' : 'too-deep' };
    const found = this.#readFile(absolute, shown);
    if (!('source' in found)) return found;
    const file = this.#add(found.source, absolute, format);
    this.#follow(file);
    return file;
  }

  #readFile(absolute: string, shown: string): FoundFile {
    const known = this.#byPath.get(absolute);
    if (known !== undefined) return { source: known.source };
    if (this.#byPath.size >= mostFiles) return { outcome: 'too-many' };
    const result = this.#options.files.read(absolute);
    if ('bytes' in result) {
      if (!isText(result.bytes)) return { outcome: 'not-text' };
      return { source: SourceText.fromBytes(shown, result.bytes) };
    }
    return { outcome: readFailures[result.error] };
  }

  /** Why a folder could not be listed. */
  #folderFailure(absolute: string): Failure {
    const kind = this.#options.files.kind(absolute);
    return kind === 'missing' ? 'missing' : kind === 'directory' ? 'denied' : 'no-folder';
  }

  /** Where a path leads, and how it is shown. A relative one starts where the daemon was started, which nobody here knows. */
  #locate(path: string): { readonly absolute: string; readonly shown: string } {
    const { cwd, files } = this.#options;
    if (isAbsolute(path)) return { absolute: path, shown: path };
    const absolute = resolve(cwd, path);
    const besideMain = resolve(this.#mainFolder, path);
    if (besideMain === absolute || files.kind(absolute) !== 'missing') return { absolute, shown: path };
    return { absolute: besideMain, shown: join(dirname(this.#mainPath), path) };
  }
}
