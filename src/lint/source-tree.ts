import type { Directive, File } from '../ast/nodes.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import { type PlacedEntry, readingOrder } from './reading-order.ts';

/** One file that was read. */
export interface TreeFile {
  readonly source: SourceText;
  readonly file: File;
  /** The text with words in place of what a template leaves open; where it leaves nothing open, `source` itself. */
  readonly readable: SourceText;
  /** Where a template leaves something open: what stands there is not judged. */
  readonly opaque: readonly Range[];
  /** Where it lies, for comparing: absolute, or `-`. */
  readonly path: string;
}

/** What became of an `include`, an `includedir` or a `.include`, or of a folder on the command line. */
export interface Inclusion {
  /** Null for a folder on the command line. */
  readonly by: { readonly file: TreeFile; readonly directive: Directive } | null;
  readonly kind: 'include' | 'includedir' | 'glob-include';
  /** The path or pattern as written; of a folder's file that could not be read, the path that leads to it. */
  readonly path: string;
  readonly outcome: InclusionOutcome;
  readonly files: readonly TreeFile[];
  /** Names of a folder that its rule passes over, and names that are no regular files. */
  readonly skipped: readonly SkippedName[];
}

export type InclusionOutcome =
  | 'read'
  | UnreadOutcome
  | 'missing'
  | 'no-file'
  | 'no-folder'
  /** Wild cards in the path of the folder, which are not followed. */
  | 'folder-pattern'
  | 'no-pattern'
  | 'loop'
  | 'too-deep';

/** It is there, and what it says is not known here. */
export type UnreadOutcome = 'denied' | 'pipe' | 'device' | 'too-large' | 'too-many' | 'not-text' | 'failed';

export interface SkippedName {
  readonly name: string;
  readonly reason: 'dot' | 'tilde' | 'not-a-file' | 'missing';
  /** Read all the same, so that rules can say what is lost; null where it is none to be read. */
  readonly content: { readonly source: SourceText; readonly file: File } | null;
}

/** Files that are said to be read by a main file, and are not. */
export interface NotIncluded {
  /** The main file, as it was given. */
  readonly by: string;
  /** Where they lie. */
  readonly paths: ReadonlySet<string>;
  /** The names of the services that the main file and what it includes have, in lower case. */
  readonly services: ReadonlySet<string>;
}

/** What a tree is made of. */
export interface SourceTreeParts {
  /** In the order in which the daemon begins to read them, each once. */
  readonly files: readonly TreeFile[];
  readonly inclusions: readonly Inclusion[];
  /** The inetd.conf that the daemon reads behind the main file (-inetd_compat), one of the files; null without. */
  readonly inetdConf: TreeFile | null;
  /** The main file is unknown: what `defaults` say, and in which order files are read, cannot be judged. */
  readonly isPartial: boolean;
  /** Null where nobody has named a main file, or it includes what was named. */
  readonly notIncluded: NotIncluded | null;
}

/** Everything reachable from one main file, or the files of a folder that nothing is known to include. */
export class SourceTree implements SourceTreeParts {
  readonly files: readonly TreeFile[];
  readonly inclusions: readonly Inclusion[];
  readonly inetdConf: TreeFile | null;
  readonly isPartial: boolean;
  readonly notIncluded: NotIncluded | null;
  #entries: readonly PlacedEntry[] | undefined;

  constructor({ files, inclusions, inetdConf, isPartial, notIncluded }: SourceTreeParts) {
    this.files = files;
    this.inclusions = inclusions;
    this.inetdConf = inetdConf;
    this.isPartial = isPartial;
    this.notIncluded = notIncluded;
  }

  /**
   * All entries in the order in which the daemon comes to them: includes are read where they stand. Kept here and not in a
   * WeakMap: V8 takes the values of one for alive in every small collection, and so the nodes of each of thousands of
   * trees stayed until the next large one (measured: 6 KB a file).
   */
  get entries(): readonly PlacedEntry[] {
    this.#entries ??= readingOrder(this);
    return this.#entries;
  }
}
