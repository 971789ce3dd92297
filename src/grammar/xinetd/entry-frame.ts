import type { IToken } from 'chevrotain';
import type { BlockEntry, BodyNode, Brace } from '../../ast/nodes.ts';
import { blockEntry, braceWord, type Header, unknown } from './build.ts';

/** An entry while its lines are read. */
export class EntryFrame {
  readonly #header: Header;
  readonly #body: BodyNode[] = [];
  #open: Brace | null;
  #close: Brace | null = null;

  constructor(header: Header) {
    this.#header = header;
    this.#open = header.open;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  get isClosed(): boolean {
    return this.#close !== null;
  }

  /** The brace that opens an entry stands in front of its attributes; any other one is no part of the language. */
  take(line: BodyNode | Brace): void {
    if (line.type !== 'Brace') this.#body.push(line);
    else if (line.text === '}') this.#close = line;
    else if (this.#open === null && !this.#body.some((node) => node.type === 'Attribute')) this.#open = line;
    else this.#body.push(unknown([braceWord(line), ...line.extra]));
  }

  build(keyword: IToken): BlockEntry {
    return blockEntry(keyword, this.#header, this.#open, this.#body.slice(), this.#close);
  }
}
