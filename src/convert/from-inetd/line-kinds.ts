import type { DiagnosticLevel } from '../diagnostic.ts';
import type { InetdItem } from './inetd-item.ts';
import type { InetdService } from './inetd-service.ts';
import type { LineScanner } from './line-scanner.ts';

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

/** A file in which no two lines are of one kind must not be there twice. */
const keptKinds = 1024;

/**
 * The kinds of lines in a file. The words around name, server and arguments say what kind a line is of: the first of a kind
 * is read as a tree, and what it says holds for all.
 */
export class LineKinds {
  readonly #text: string;
  readonly #read: LineReader;
  /** By what stands in front of the server, without the name; null where each line needs a tree of its own. */
  #kinds = new Map<string, LineKind | null>();

  constructor(text: string, read: LineReader) {
    this.#text = text;
    this.#read = read;
  }

  /** The kind of the line from `start` that the scanner has found. */
  kindOf(start: number, line: LineScanner): LineKind | null {
    const text = this.#text;
    const isNumber = text.charCodeAt(line.nameStart) <= 0x39;
    const fields = text.slice(line.nameEnd, line.serverStart);
    const mark = start === line.nameStart ? '' : text.slice(start, line.nameStart);
    const key = mark === '' && !isNumber ? fields : `${isNumber ? '1' : 'a'}${mark}${fields}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      if (this.#kinds.size >= keptKinds) this.#kinds.clear();
      kind = this.#readSpecimen(start, line, isNumber);
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  #readSpecimen(start: number, line: LineScanner, isNumber: boolean): LineKind | null {
    const remarks: Remark[] = [];
    const text = this.#text;
    const [item, ...others] = this.#read(text.slice(start, line.argsEnd), ({ level, code, text: said }) =>
      remarks.push({ level, code, text: said }),
    );
    if (item?.type !== 'Service' || others.length > 0 || item.service.kind !== 'listed') return null;
    const hasAddress = text.charAt(line.nameStart - 1) === ':' && line.nameStart > start;
    return { specimen: item.service, hasAddress, isNumber, remarks };
  }
}
