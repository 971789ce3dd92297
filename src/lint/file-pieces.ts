import type { Range } from '../text/range.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';

/** Lines as people write them: comments and assignments only, and no NUL that hides the rest of its line. */
const body = '(?:[ \\t]*(?:#[^\\n\\0]*|\\w+[ \\t]*[+-]?=[^\\n\\0]*)?\\n)*';
const blockWith = (head: string) =>
  new RegExp(`[ \\t]*${head}[ \\t]*\\n[ \\t]*\\{[ \\t]*\\n${body}[ \\t]*\\}[ \\t]*(?:\\n|$)`, 'iy');
const service = blockWith('service[ \\t]+[^\\s\\0{}=#]+');
const common = [blockWith('defaults'), /[ \t]*include(?:dir)?[ \t]+[^\s\0]+[ \t]*(?:\n|$)/iy];
const nothing = /[ \t]*(?:#[^\n\0]*)?(?:\n|$)/y;

/** A file of fewer entries is resolved as a whole as quickly. */
const fewestEntries = 8;

interface Piece extends Range {
  /** An entry of a service; others concern the whole file. */
  readonly isService: boolean;
}

/** One entry of a file, before and after a change. */
export interface ChangedEntry {
  readonly piece: Range;
  readonly before: string;
  readonly after: string;
}

/**
 * A file of entries in the plain form, with directives and comments between them. The daemon reads each of these by itself,
 * whatever others stand around it: with some of them left out the others mean what they did.
 */
export class FilePieces {
  readonly #text: string;
  readonly #pieces: readonly Piece[];

  private constructor(text: string, pieces: readonly Piece[]) {
    this.#text = text;
    this.#pieces = pieces;
  }

  /** The pieces of a text; undefined where something in it is of another form, or where there is little to leave out. */
  static of(text: string): FilePieces | undefined {
    const pieces: Piece[] = [];
    let services = 0;
    for (let at = 0; at < text.length; ) {
      const start = at;
      at = endOf(service, text, start);
      if (at !== start) {
        services += 1;
        pieces.push({ start, end: at, isService: true });
        continue;
      }
      at = Math.max(...common.map((form) => endOf(form, text, start)));
      if (at !== start) pieces.push({ start, end: at, isService: false });
      else at = endOf(nothing, text, start);
      if (at === start) return undefined;
    }
    return services < fewestEntries ? undefined : new FilePieces(text, pieces);
  }

  /** The entries of services with their texts. */
  *services(): Generator<readonly [Range, string]> {
    for (const piece of this.#pieces)
      if (piece.isService) yield [piece, this.#text.slice(piece.start, piece.end)];
  }

  /** The entry that edits change; undefined where they reach beyond it, or make something of another form of it. */
  change(edits: readonly TextEdit[]): ChangedEntry | undefined {
    const start = Math.min(...edits.map((edit) => edit.start));
    const end = Math.max(...edits.map((edit) => edit.end));
    const piece = this.#pieceAt(start);
    if (piece === undefined || !piece.isService || end >= piece.end) return undefined;
    const before = this.#text.slice(piece.start, piece.end);
    const own = edits.map((edit) => ({
      ...edit,
      start: edit.start - piece.start,
      end: edit.end - piece.start,
    }));
    const after = applyEdits(before, own);
    return endOf(service, after, 0) === after.length ? { piece, before, after } : undefined;
  }

  /** What is left of the file with these entries of services alone, and with another text in place of one of them. */
  textOf(kept: ReadonlySet<Range>, { piece, after }: ChangedEntry): { before: string; after: string } {
    const texts = this.#pieces
      .filter((each) => !each.isService || each === piece || kept.has(each))
      .map((each) => ({ each, text: `${this.#text.slice(each.start, each.end)}\n` }));
    return {
      before: texts.map(({ text }) => text).join(''),
      after: texts.map(({ each, text }) => (each === piece ? `${after}\n` : text)).join(''),
    };
  }

  #pieceAt(offset: number): Piece | undefined {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.#pieces[low];
    return found !== undefined && found.start <= offset ? found : undefined;
  }
}

/** Where a piece of a form that begins at `start` ends; `start` where there is none. */
function endOf(form: RegExp, text: string, start: number): number {
  form.lastIndex = start;
  return form.test(text) ? form.lastIndex : start;
}
