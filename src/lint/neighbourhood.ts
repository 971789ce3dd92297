import type { HostTables } from '../model/host-tables.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { FilePieces } from './file-pieces.ts';
import { type PortKeys, portKeys } from './port-keys.ts';
import { SourceTree, type TreeFile } from './source-tree.ts';
import type { Standing } from './standing.ts';

/** A part of a tree, and a part of one of its files before and after a change. */
export interface CutChange {
  readonly tree: SourceTree;
  readonly before: string;
  readonly after: string;
}

/** An entry, or a file whose entries cannot be told apart. */
interface Neighbour {
  readonly file: TreeFile;
  readonly piece: Range | null;
}

export interface NeighbourhoodOptions {
  readonly tables: HostTables;
  /** What becomes of the entry at a place. */
  readonly standingAt: (source: SourceText, offset: number) => Standing;
}

/** A file of fewer entries is resolved as a whole as quickly. */
const fewestEntries = 8;

/**
 * Which entries of a tree a change of one file can concern. The daemon's entries get in each other's way by their ports
 * only; everything else that reaches beyond an entry comes from `defaults` and includes. So a change is judged with
 * the files that have such sections and with the entries that its own can meet: in a tree of thousands that makes the
 * difference between seconds and hours.
 */
export class Neighbourhood {
  readonly #tree: SourceTree;
  readonly #options: NeighbourhoodOptions;
  readonly #isBound: boolean;
  readonly #positions = new Map<TreeFile, number>();
  readonly #positionsIn: readonly ReadonlyMap<TreeFile, number>[];
  /** Files that concern every other file. */
  readonly #common = new Set<TreeFile>();
  /** Null where the daemon may see other entries than are to be seen. */
  readonly #pieces = new Map<TreeFile, FilePieces | null>();
  /** Files with entries whose ports may be any. */
  readonly #anywhere = new Set<TreeFile>();
  readonly #running = new Map<string, Neighbour[]>();
  readonly #waiting = new Map<string, Neighbour[]>();

  constructor(tree: SourceTree, options: NeighbourhoodOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#positionsIn = tree.inclusions.map(({ files }) => new Map(files.map((file, at) => [file, at])));
    const readBySomething = new Set(tree.inclusions.flatMap(({ files }) => files));
    for (const [at, file] of tree.files.entries()) {
      const { text } = file.readable;
      const hasCut = isOverlong(text);
      this.#positions.set(file, at);
      this.#pieces.set(file, hasCut ? null : (FilePieces.of(text) ?? null));
      if (hasCut || !readBySomething.has(file) || reachesOut.test(text)) this.#common.add(file);
    }
    this.#isBound = [...this.#common].some((file) => this.#givesAddress(file));
    for (const file of tree.files) this.#index(file);
  }

  /** The tree of what a change of a file to another text can concern, itself included. */
  of(file: TreeFile, { text }: SourceText): SourceTree {
    if (this.#common.has(file) || reachesOut.test(text) || isOverlong(text)) return this.#tree;
    const keys = [file.readable.text, text].map((each) => this.#keysOf(each));
    const services = this.#pieces.get(file)?.services;
    const isRunning = services?.some((piece) => this.#standing(file, piece) === 'runs') ?? true;
    const concerned = this.#concernedBy(keys, isRunning);
    return concerned === undefined ? this.#tree : this.#part(file, concerned);
  }

  /**
   * What edits within one entry can concern, with the other entries of the file left out; undefined where the file is too
   * odd for that, or too short. A file of a thousand entries with a fault each would else be resolved a thousand times.
   */
  cut(file: TreeFile, edits: readonly TextEdit[]): CutChange | undefined {
    const pieces = file.file.format === 'xinetd' ? this.#pieces.get(file) : undefined;
    if (pieces == null || pieces.services.length < fewestEntries || this.#anywhere.has(file))
      return undefined;
    const change = pieces.change(edits);
    if (change === undefined || isOverlong(change.after)) return undefined;
    const keys = [change.before, change.after].map((text) => this.#keysOf(text, true));
    const isRunning = this.#standing(file, change.piece) === 'runs';
    const concerned = this.#concernedBy(keys, isRunning);
    if (concerned === undefined) return undefined;
    const kept = concerned.flatMap((each) => (each.file === file && each.piece !== null ? [each.piece] : []));
    return { tree: this.#part(file, concerned), ...pieces.textOf(kept, change) };
  }

  #givesAddress(file: TreeFile): boolean {
    const pieces = this.#pieces.get(file);
    const texts = pieces == null ? [file.readable.text] : pieces.common.map((each) => pieces.textAt(each));
    return texts.some((text) => /^\s*(?:bind|interface)/im.test(text));
  }

  #index(file: TreeFile): void {
    const pieces = this.#pieces.get(file);
    if (pieces == null) {
      this.#file({ file, piece: null }, this.#keysOf(file.readable.text), this.#running);
      return;
    }
    for (const piece of pieces.services) {
      const standing = this.#standing(file, piece);
      if (standing === 'lost') continue;
      const keys = this.#keysOf(pieces.textAt(piece), true);
      this.#file({ file, piece }, keys, standing === 'runs' ? this.#running : this.#waiting);
    }
  }

  #file(neighbour: Neighbour, keys: PortKeys | undefined, index: Map<string, Neighbour[]>): void {
    if (keys === undefined) this.#anywhere.add(neighbour.file);
    for (const key of keys?.own ?? []) {
      const others = index.get(key);
      if (others === undefined) index.set(key, [neighbour]);
      else others.push(neighbour);
    }
  }

  /** Others can come to run only where something that runs makes room for them. */
  #concernedBy(
    keys: readonly (PortKeys | undefined)[],
    isRunning: boolean,
  ): readonly Neighbour[] | undefined {
    const found: (readonly Neighbour[])[] = [[...this.#anywhere].map((file) => ({ file, piece: null }))];
    for (const each of keys) {
      if (each === undefined) return undefined;
      for (const key of each.wanted) {
        found.push(this.#running.get(key) ?? []);
        if (isRunning) found.push(this.#waiting.get(key) ?? []);
      }
    }
    return found.flat();
  }

  #part(file: TreeFile, concerned: readonly Neighbour[]): SourceTree {
    const kept = new Set([file, ...this.#common, ...concerned.map((each) => each.file)]);
    const inOrder = (positions: ReadonlyMap<TreeFile, number>) =>
      [...kept]
        .filter((each) => positions.has(each))
        .sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
    return new SourceTree({
      ...this.#tree,
      files: inOrder(this.#positions),
      inclusions: this.#tree.inclusions.map((inclusion, at) => ({
        ...inclusion,
        files: inOrder(this.#positionsIn[at] ?? new Map()),
      })),
    });
  }

  #standing({ source, readable }: TreeFile, { start }: Range): Standing {
    const indent = /[ \t]*/y;
    indent.lastIndex = start;
    return this.#options.standingAt(source, start + (indent.exec(readable.text)?.[0].length ?? 0));
  }

  #keysOf(text: string, isPlain = false): PortKeys | undefined {
    return portKeys(text, { tables: this.#options.tables, isBound: this.#isBound, isPlain });
  }
}

const reachesOut = /^\s*(?:defaults|include)|\0/im;

/** The daemon cuts lines that are longer than its buffer, and a section may begin behind the cut. */
function isOverlong(text: string): boolean {
  return text.length > 2000 && /[^\n]{2000}/.test(text);
}
