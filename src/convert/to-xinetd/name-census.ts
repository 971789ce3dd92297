import type { SourceText } from '../../text/source-text.ts';

const hash = 0x23;
const blank = 0x20;
const colon = 0x3a;

/**
 * Which service names of a file may be in more than one entry, found by the first words of its lines alone: rather one too
 * many than one too few, so that only entries of such names must be looked at twice.
 */
export class NameCensus {
  readonly #names = new Set<string>();
  readonly #repeated = new Set<string>();
  /** With a list of addresses for all lines below, every one of them becomes several entries. */
  #multipliesAll = false;

  constructor({ text }: SourceText) {
    let end = 0;
    for (let at = 0; at < text.length; at = end + 1) {
      end = text.indexOf('\n', at);
      if (end === -1) end = text.length;
      const first = text.charCodeAt(at);
      if (first > blank && first !== hash) this.#countFirst(text, at, end);
      else if (first !== hash) this.#countIndented(text.slice(at, end).trim());
      else if (isOffMark(text, at)) this.#count(offWord(text.slice(at, end)));
    }
  }

  get hasRepeated(): boolean {
    return this.#multipliesAll || this.#repeated.size > 0;
  }

  isRepeated(name: string): boolean {
    // An empty set would hash the name all the same.
    return this.hasRepeated && (this.#multipliesAll || this.#repeated.has(name));
  }

  /** The names that lines begin with. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  #countFirst(text: string, start: number, lineEnd: number): void {
    let end = start;
    let isName = true;
    for (; end < lineEnd; end += 1) {
      const code = text.charCodeAt(end);
      if (code <= blank) break;
      if (code <= colon && isSpecial(code)) isName = false;
    }
    const word = text.slice(start, end);
    if (isName) this.#countName(word);
    else this.#countParts(word);
  }

  #count(word: string): void {
    if (/["',/:]/.test(word)) this.#countParts(word);
    else this.#countName(word);
  }

  /** Blank lines have no name, and must not be taken for lines of one. */
  #countIndented(line: string): void {
    if (line !== '') this.#count(line.split(/[ \t]/, 1)[0] ?? '');
  }

  #countName(name: string): void {
    const before = this.#names.size;
    if (this.#names.add(name).size === before) this.#repeated.add(name);
  }

  /** A word that has more in it than a name: addresses, `tcpmux/`, a version, quotes. */
  #countParts(word: string): void {
    const address = word.lastIndexOf(':');
    const name = word
      .slice(address + 1)
      .replace(/^tcpmux\/\+?/, '')
      .replace(/\/.*/, '')
      .replaceAll(/["']/g, '');
    this.#countName(name);
    if (word.lastIndexOf(',', address) === -1) return;
    if (name === '') this.#multipliesAll = true;
    else this.#repeated.add(name);
  }
}

/** Whether a character, `:` or one below it, stands in no name. */
function isSpecial(code: number): boolean {
  return code === colon || code === 0x2f || code === 0x2c || code === 0x27 || code === 0x22;
}

function isOffMark(text: string, at: number): boolean {
  offMark.lastIndex = at;
  return offMark.test(text);
}

const offMark = /#[ \t]*<off>/y;

/** A switched-off entry has its name behind the mark. */
function offWord(comment: string): string {
  return /^#[ \t]*<off>#?[ \t]*([^ \t\r]+)/.exec(comment)?.[1] ?? '';
}
