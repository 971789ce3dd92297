import type { HostTables } from '../model/host-tables.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { FilePieces } from './file-pieces.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';

/** A part of a tree, and a part of one of its files before and after a change. */
export interface CutChange {
  readonly tree: SourceTree;
  readonly before: string;
  readonly after: string;
}

/** The pieces of a file, and which of its entries know a word. */
interface EntryIndex {
  readonly pieces: FilePieces;
  readonly byWord: ReadonlyMap<string, readonly Range[]>;
}

/**
 * Which files of a tree a change of one file can concern. The daemon's entries know each other by name, id and port only;
 * everything else that reaches beyond a file comes from `defaults` and includes. So a change of a drop-in is judged with
 * the files that have such sections and those that share a word with it: in a folder of thousands that makes the
 * difference between seconds and hours.
 *
 * This looks at lines and not at trees, because the daemon reads lines: whatever it takes for an entry, its name, id and
 * port stand on lines that begin so.
 */
export class Neighbourhood {
  readonly #tree: SourceTree;
  readonly #tables: HostTables;
  readonly #positions = new Map<TreeFile, number>();
  readonly #positionsIn: readonly ReadonlyMap<TreeFile, number>[];
  /** Files whose sections concern every other file. */
  readonly #common: TreeFile[] = [];
  readonly #byWord = new Map<string, TreeFile[]>();
  readonly #entries = new Map<TreeFile, EntryIndex | null>();

  constructor(tree: SourceTree, tables: HostTables) {
    this.#tree = tree;
    this.#tables = tables;
    this.#positionsIn = tree.inclusions.map(({ files }) => new Map(files.map((file, at) => [file, at])));
    const readBySomething = new Set(tree.inclusions.flatMap(({ files }) => files));
    for (const [at, file] of tree.files.entries()) {
      this.#positions.set(file, at);
      const words = readBySomething.has(file) ? this.#words(file.readable.text) : undefined;
      if (words === undefined) this.#common.push(file);
      else for (const word of words) this.#file(word, file);
    }
  }

  /** The tree of what a change of a file to another text can concern, itself included. */
  of(file: TreeFile, changed: SourceText): SourceTree {
    const words = [this.#words(file.readable.text), this.#words(changed.text)];
    if (this.#common.includes(file) || words.includes(undefined)) return this.#tree;
    return this.#part(
      this.#concernedBy(
        file,
        words.flatMap((each) => [...(each ?? [])]),
      ),
    );
  }

  /**
   * What edits within one entry can concern, with the other entries of the file left out; undefined where the file is too
   * odd for that, or too short. A file of a thousand entries with a fault each would else be resolved a thousand times.
   */
  cut(file: TreeFile, edits: readonly TextEdit[]): CutChange | undefined {
    const index = file.file.format === 'xinetd' ? this.#entriesOf(file) : null;
    const change = index?.pieces.change(edits);
    if (index === null || change === undefined) return undefined;
    const before = this.#words(change.before);
    const after = this.#words(change.after);
    if (before === undefined || after === undefined) return undefined;
    const words = [...before, ...after];
    const kept = new Set(words.flatMap((word) => index.byWord.get(word) ?? []));
    return { tree: this.#part(this.#concernedBy(file, words)), ...index.pieces.textOf(kept, change) };
  }

  #entriesOf(file: TreeFile): EntryIndex | null {
    let index = this.#entries.get(file);
    if (index === undefined) {
      index = this.#indexOf(file.readable.text);
      this.#entries.set(file, index);
    }
    return index;
  }

  #indexOf(text: string): EntryIndex | null {
    const pieces = isOverlong(text) ? undefined : FilePieces.of(text);
    if (pieces === undefined) return null;
    const byWord = new Map<string, Range[]>();
    for (const [range, entry] of pieces.services()) {
      const words = this.#words(entry);
      // An entry whose port may be any number concerns all others.
      if (words === undefined) return null;
      for (const word of words) {
        const ranges = byWord.get(word);
        if (ranges === undefined) byWord.set(word, [range]);
        else ranges.push(range);
      }
    }
    return { pieces, byWord };
  }

  #concernedBy(file: TreeFile, words: readonly string[]): ReadonlySet<TreeFile> {
    const concerned = new Set([file, ...this.#common]);
    for (const word of words) {
      for (const other of this.#byWord.get(word) ?? []) concerned.add(other);
    }
    return concerned;
  }

  #part(kept: ReadonlySet<TreeFile>): SourceTree {
    const inOrder = (positions: ReadonlyMap<TreeFile, number>) =>
      [...kept]
        .filter((file) => positions.has(file))
        .sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
    return {
      ...this.#tree,
      files: inOrder(this.#positions),
      inclusions: this.#tree.inclusions.map((inclusion, at) => ({
        ...inclusion,
        files: inOrder(this.#positionsIn[at] ?? new Map()),
      })),
    };
  }

  #file(word: string, file: TreeFile): void {
    const files = this.#byWord.get(word);
    if (files === undefined) this.#byWord.set(word, [file]);
    else files.push(file);
  }

  /** What other files may have in common with a text; undefined when it concerns them all. */
  #words(text: string): ReadonlySet<string> | undefined {
    if (reachesOut.test(text) || isOverlong(text)) return undefined;
    const words = new Set<string>();
    let portLines = 0;
    let hasUnknownName = false;
    for (const [, key = '', rest = ''] of text.matchAll(identifyingLine)) {
      const isPort = key.toLowerCase() === 'port';
      if (isPort) portLines -= 1;
      if (key.toLowerCase() === 'service') portLines += 1;
      for (const word of rest.split(/[\s=+{}-]+/)) {
        if (word === '') continue;
        words.add(word.toLowerCase());
        if (isPort && !/^[1-9][0-9]*$/.test(word)) return undefined;
        const ports = isPort ? [] : this.#portsOf(word);
        for (const port of ports) words.add(String(port));
        if (!isPort && ports.length === 0) hasUnknownName = true;
      }
    }
    // Entries without any port are one to the daemon's search for duplicates.
    if (portLines > 0 && hasUnknownName) words.add('0');
    return words;
  }

  #portsOf(name: string): readonly number[] {
    return ['tcp', 'udp'].flatMap((protocol) => this.#tables.servicePort(name, protocol) ?? []);
  }
}

const reachesOut = /^\s*(?:defaults|include)|\0/im;

/** The daemon cuts lines that are longer than its buffer, and a section may begin behind the cut. */
function isOverlong(text: string): boolean {
  return text.length > 2000 && /[^\n]{2000}/.test(text);
}

const identifyingLine = /^[^\S\n]*(service|id|port)(.*)$/gim;
