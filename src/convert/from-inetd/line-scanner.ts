const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;
const slash = 0x2f;
const colon = 0x3a;

/** What a character may be a part of; a bit each. */
const inName = 1;
const inFirstWord = 2;
const inField = 4;
const inPath = 8;

const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (
    (/[\w-]/.test(character) ? inName : 0) +
    (/[\w.:[\]*-]/.test(character) ? inFirstWord : 0) +
    (/[^\x00-\x20\x7F"'#\\;=]/.test(character) ? inField : 0) +
    (/[\w./-]/.test(character) ? inPath : 0)
  );
});

/** Fields between the service and its server: socket type, protocol, wait and user. */
const middleFields = 4;

/** Longer lines are looked at more closely: xinetd could cut what becomes of them. */
const longestLine = 2000;

/**
 * Finds the parts of a line whose outline says that it is an entry of its own, in whatever dialect: service, four words
 * without anything special in them, an absolute path, arguments without quotes, and no line that continues it. What the
 * words mean is none of its business. Its fields hold for the last line that was found.
 */
export class LineScanner {
  /** Behind a switched-off mark and an address. */
  nameStart = 0;
  nameEnd = 0;
  serverStart = 0;
  serverEnd = 0;
  /** Of the words behind the server; the same place twice where there are none. */
  argsStart = 0;
  argsEnd = 0;
  /** Where the next line begins. */
  next = 0;
  /** Whether the arguments stand apart by single blanks. */
  isEvenlySpaced = true;
  hasCarriageReturn = false;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a line with this outline begins at `at`. */
  find(at: number): boolean {
    return this.#findFirstWord(offMarkEnd(this.#text, at)) && this.#findServer() && this.#findArguments(at);
  }

  #findFirstWord(start: number): boolean {
    const text = this.#text;
    let at = start;
    this.nameStart = start;
    for (;;) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) break;
      if (!isIn(code, inFirstWord)) return false;
      at += 1;
      if (code === colon) this.nameStart = at;
    }
    this.nameEnd = at;
    return isName(text, this.nameStart, at);
  }

  #findServer(): boolean {
    const text = this.#text;
    let at = this.nameEnd;
    for (let field = 0; field < middleFields; field += 1) {
      at = skipBlanks(text, at);
      const start = at;
      while (isIn(text.charCodeAt(at), inField)) at += 1;
      if (at === start || !isBlank(text.charCodeAt(at))) return false;
    }
    at = skipBlanks(text, at);
    if (text.charCodeAt(at) !== slash) return false;
    this.serverStart = at;
    while (isIn(text.charCodeAt(at), inPath)) at += 1;
    this.serverEnd = at;
    return true;
  }

  #findArguments(lineStart: number): boolean {
    const text = this.#text;
    let at = this.serverEnd;
    this.argsStart = skipBlanks(text, at);
    this.argsEnd = this.argsStart;
    this.isEvenlySpaced = true;
    for (;;) {
      const gap = at;
      at = skipBlanks(text, at);
      const start = at;
      while (isArgument(text.charCodeAt(at))) at += 1;
      if (at === start) break;
      if (start === gap) return false;
      if (start !== this.argsStart && (start !== gap + 1 || text.charCodeAt(gap) === tab)) {
        this.isEvenlySpaced = false;
      }
      this.argsEnd = at;
    }
    this.hasCarriageReturn = text.charCodeAt(at) === carriageReturn;
    if (this.hasCarriageReturn) at += 1;
    if (text.charCodeAt(at) === lineFeed) {
      this.next = at + 1;
      return !isBlank(text.charCodeAt(at + 1)) && at - lineStart <= longestLine;
    }
    this.next = at;
    return at === text.length && !this.hasCarriageReturn && at - lineStart <= longestLine;
  }
}

/** Behind `#<off># `, or where it stands when the line does not begin so. */
function offMarkEnd(text: string, at: number): number {
  return text.startsWith('#<off># ', at) ? at + '#<off># '.length : at;
}

/** A name, or a port number as one would write it. */
function isName(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (start === end || first === 0x2d) return false;
  if (!isDigit(first)) {
    for (let at = start; at < end; at += 1) {
      if (!isIn(text.charCodeAt(at), inName)) return false;
    }
    return true;
  }
  let port = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return false;
    port = port * 10 + code - 0x30;
  }
  return first !== 0x30 && port <= 0xffff;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isIn(code: number, wanted: number): boolean {
  return code < 128 && ((classes[code] ?? 0) & wanted) !== 0;
}

/** No quotes, no controls, and none of the blanks that only some programs take for one. */
function isArgument(code: number): boolean {
  if (code < 0x7f) return code > blank && code !== 0x22 && code !== 0x27;
  return code > 0xa0 && code < 0x1680;
}

function isBlank(code: number): boolean {
  return code === blank || code === tab;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}
