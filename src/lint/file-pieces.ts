import type { Range } from '../text/range.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';

/** Lines as people write them: comments and assignments only, and no NUL that hides the rest of its line. */
const body = '(?:[ \\t]*(?:#[^\\n\\0]*|\\w+[ \\t]*[+-]?=[^\\n\\0]*)?\\n)*';
const blockWith = (head: string) =>
  new RegExp(`[ \\t]*${head}[ \\t]*\\n[ \\t]*\\{[ \\t]*\\n${body}[ \\t]*\\}[ \\t]*(?:\\n|$)`, 'iy');
const service = blockWith('service[ \\t]+[^\\s\\0{}=#]+');
const common = [blockWith('defaults'), /[ \t]*include(?:dir)?[ \t]+[^\s\0]+[ \t]*(?:\n|$)/iy];
const nothing = /[ \t]*(?:#[^\n\0]*)?(?:\n|$)/y;

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
  /** The entries of services, in order. */
  readonly services: readonly Range[];
  /** What concerns the whole file, in order. */
  readonly common: readonly Range[];

  private constructor(text: string, services: readonly Range[], common: readonly Range[]) {
    this.#text = text;
    this.services = services;
    this.common = common;
  }

  /** The pieces of a text; undefined where something in it is of another form. */
  static of(text: string): FilePieces | undefined {
    const services: Range[] = [];
    const shared: Range[] = [];
    for (let at = 0; at < text.length; ) {
      const start = at;
      at = endOf(service, text, start);
      if (at !== start) {
        services.push({ start, end: at });
        continue;
      }
      at = Math.max(...common.map((form) => endOf(form, text, start)));
      if (at !== start) shared.push({ start, end: at });
      else at = endOf(nothing, text, start);
      if (at === start) return undefined;
    }
    return new FilePieces(text, services, shared);
  }

  textAt({ start, end }: Range): string {
    return this.#text.slice(start, end);
  }

  /** The entry that edits change; undefined where they reach beyond it, or make something of another form of it. */
  change(edits: readonly TextEdit[]): ChangedEntry | undefined {
    const start = Math.min(...edits.map((edit) => edit.start));
    const end = Math.max(...edits.map((edit) => edit.end));
    const piece = this.#pieceAt(start);
    if (piece === undefined || end >= piece.end) return undefined;
    const before = this.textAt(piece);
    const own = edits.map((edit) => ({
      ...edit,
      start: edit.start - piece.start,
      end: edit.end - piece.start,
    }));
    const after = applyEdits(before, own);
    return endOf(service, after, 0) === after.length ? { piece, before, after } : undefined;
  }

  /** What is left of the file with these entries of services alone, and with another text in place of one of them. */
  textOf(kept: Iterable<Range>, { piece, after }: ChangedEntry): { before: string; after: string } {
    const texts = [...new Set([...this.common, ...kept, piece])]
      .sort((a, b) => a.start - b.start)
      .map((each) => ({ each, text: `${this.textAt(each)}\n` }));
    return {
      before: texts.map(({ text }) => text).join(''),
      after: texts.map(({ each, text }) => (each === piece ? `${after}\n` : text)).join(''),
    };
  }

  #pieceAt(offset: number): Range | undefined {
    let low = 0;
    let high = this.services.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.services[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.services[low];
    return found !== undefined && found.start <= offset ? found : undefined;
  }
}

/** Where a piece of a form that begins at `start` ends; `start` where there is none. */
function endOf(form: RegExp, text: string, start: number): number {
  form.lastIndex = start;
  return form.test(text) ? form.lastIndex : start;
}
