import type { DiagnosticLevel } from '../diagnostic.ts';
import type { InetdItem } from './inetd-item.ts';
import type { InetdService } from './inetd-service.ts';
import type { LineOutline } from './line-outline.ts';

/** What is said of a line, wherever it stands. */
export interface Remark {
  readonly level: DiagnosticLevel;
  readonly code: string;
  readonly text: string;
}

/** What lines have in common that differ in name, server and arguments alone. */
export interface LineKind {
  /** The first line of the kind, as it was read. */
  readonly specimen: InetdService;
  /** Whether the line itself has an address. */
  readonly hasAddress: boolean;
  /** Whether the name is a port number. */
  readonly isNumber: boolean;
  readonly remarks: readonly Remark[];
}

/** Reads a line alone, as a tree. */
export type LineReader = (line: string, report: (remark: Remark) => void) => readonly InetdItem[];

/** Kinds that are compared with before any other is looked for. */
const usualKinds = 6;

type UsualKind = Pick<LineOutline, 'mark' | 'fields' | 'isNumber'> & { readonly kind: LineKind | null };

/** A file in which no two lines are of one kind must not be there twice. */
const keptKinds = 1024;

/**
 * The kinds of lines in a file. The words around name, server and arguments say what kind a line is of: the first of a kind
 * is read as a tree, and what it says holds for all.
 */
export class LineKinds {
  readonly #text: string;
  readonly #read: LineReader;
  /** By mark and fields, names apart from numbers; null where each line needs a tree of its own. */
  /** The first that came up: most lines are of these. To compare with a few is quicker than to hash the words of each line. */
  readonly #usual: UsualKind[] = [];
  readonly #kinds = new Map<string, LineKind | null>();

  constructor(text: string, read: LineReader) {
    this.#text = text;
    this.#read = read;
  }

  /** The kind of the line from `start` with this outline. */
  kindOf(start: number, line: LineOutline): LineKind | null {
    for (const usual of this.#usual) {
      if (usual.fields === line.fields && usual.mark === line.mark && usual.isNumber === line.isNumber) {
        return usual.kind;
      }
    }
    const key = `${line.isNumber}${line.mark}${line.fields}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      if (this.#kinds.size >= keptKinds) this.#kinds.clear();
      kind = this.#readSpecimen(start, line);
      this.#kinds.set(key, kind);
      const { mark, fields, isNumber } = line;
      if (this.#usual.length < usualKinds) this.#usual.push({ mark, fields, isNumber, kind });
    }
    return kind;
  }

  #readSpecimen(start: number, { mark, isNumber, next }: LineOutline): LineKind | null {
    const remarks: Remark[] = [];
    const line = this.#text.slice(start, next).trimEnd();
    const [item, ...others] = this.#read(line, ({ level, code, text }) =>
      remarks.push({ level, code, text }),
    );
    if (item?.type !== 'Service' || others.length > 0 || item.service.kind !== 'listed') return null;
    return { specimen: item.service, hasAddress: mark.endsWith(':'), isNumber, remarks };
  }
}
