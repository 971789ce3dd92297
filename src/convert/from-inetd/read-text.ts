import { parseInetd } from '../../grammar/inetd/parse.ts';
import { SourceText } from '../../text/source-text.ts';
import type { InetdItem, PlainLine } from './inetd-item.ts';
import type { InetdService } from './inetd-service.ts';
import { type LineKind, LineKinds } from './line-kinds.ts';
import { type LineOutline, outlineAt } from './line-outline.ts';
import { readTree } from './read-tree.ts';
import { readingRules } from './reading-rules.ts';
import type { ReadingState } from './reading-state.ts';
import { reportCrlf } from './report-crlf.ts';

const lineFeed = 0x0a;
const hash = 0x23;

/** Texts above this size are read line by line, and only the lines that are not plain as a tree. */
export const largeText = 512 * 1024;

/** Reads an inetd.conf for a conversion. */
export function readInetdText(
  source: SourceText,
  state: ReadingState,
  large: number = largeText,
): Generator<InetdItem> {
  return source.text.length < large ? readStretch(source, 1, state) : readLines(source, state);
}

function readStretch(source: SourceText, firstLine: number, state: ReadingState): Generator<InetdItem> {
  const parsed = parseInetd(source, { dialect: 'auto', rules: readingRules(state.dialect) });
  return readTree(parsed, firstLine, state);
}

/** A tree of more than this is not made at once. */
const longStretch = 64 * 1024;

/** The second or third word says that a definition of NetBSD begins, which may go on over any lines. */
const definition = /\S+[ \t]+(?:\S+[ \t]+)?(?:on|off)(?![^ \t\r\n#])/y;

/** Comments that mean something. */
const marked = /#(?:@|[ \t]*<off>)/y;

function readLines(source: SourceText, state: ReadingState): Generator<InetdItem> {
  return new LinesReader(source, state).read();
}

/**
 * Reads a large text without making a tree of lines that are like others. Measured with 100,000 of them (8.3 MB): trees
 * take 1.5 s, this 0.05 s.
 */
class LinesReader {
  readonly #source: SourceText;
  readonly #state: ReadingState;
  readonly #kinds: LineKinds;
  /** Whether there are characters that a comment must be searched for. */
  readonly #hasControls: boolean;

  constructor(source: SourceText, state: ReadingState) {
    this.#source = source;
    this.#state = state;
    this.#kinds = new LineKinds(source.text, (line, report) => {
      const alone = { ...state, report, defaultAddresses: [] };
      return [...readStretch(new SourceText(source.path, line, source.encoding), 1, alone)];
    });
    this.#hasControls = source.text.includes('\0') || source.text.includes('\r');
  }

  *read(): Generator<InetdItem> {
    const { text } = this.#source;
    let at = 0;
    for (let line = 1; at < text.length; line += 1) {
      const start = at;
      const outline = outlineAt(text, at);
      const kind = outline === null ? null : this.#kinds.kindOf(at, outline);
      if (outline !== null && kind !== null) {
        at = outline.next;
        yield this.#plainLine(outline, kind, start, line);
      } else if (text.charCodeAt(at) === lineFeed) {
        at += 1;
        yield { type: 'Blank', start, end: at, lines: 1 };
      } else if (this.#isComment(at)) {
        const lineEnd = text.indexOf('\n', at);
        const end = lineEnd === -1 ? text.length : lineEnd;
        at = end + 1;
        yield { type: 'Comment', start, end, text: text.slice(start, end) };
      } else {
        at = this.#endOfStretch(at);
        const stretch = new SourceText(this.#source.path, text.slice(start, at), this.#source.encoding);
        yield* readStretch(stretch, line, this.#state);
        line += stretch.lines.count - (stretch.text.endsWith('\n') ? 2 : 1);
      }
    }
  }

  /** Whether the line at a place is neither a comment nor blank nor of a kind that is known. */
  #needsTree(at: number): boolean {
    const { text } = this.#source;
    if (text.charCodeAt(at) === lineFeed || this.#isComment(at)) return false;
    const outline = outlineAt(text, at);
    return outline === null || this.#kinds.kindOf(at, outline) === null;
  }

  #plainLine(outline: LineOutline, kind: LineKind, start: number, line: number): PlainLine {
    const source = this.#source;
    const { path } = source;
    const { report, defaultAddresses } = this.#state;
    const { name, server, args, next } = outline;
    if (outline.hasCarriageReturn) reportCrlf(this.#state, path, line);
    for (const { level, code, text } of kind.remarks) report({ level, code, file: path, line, text });
    const addresses = kind.hasAddress ? kind.specimen.addresses : defaultAddresses;
    return { type: 'PlainLine', kind, name, server, args, addresses, source, start, end: next - 1, line };
  }

  /** A comment, but neither a switched-off entry nor a policy, and nothing in it that a tree should see. */
  #isComment(at: number): boolean {
    const { text } = this.#source;
    if (text.charCodeAt(at) !== hash) return false;
    const end = text.indexOf('\n', at);
    marked.lastIndex = at;
    if (marked.test(text)) return false;
    return !(this.#hasControls && /[\0\r]/.test(text.slice(at, end === -1 ? text.length : end)));
  }

  /** The start of the next line that needs no tree, or that begins something new when the stretch is long enough. */
  #endOfStretch(start: number): number {
    const { text } = this.#source;
    let at = start;
    while (at < text.length) {
      if (isDefinitionAt(text, at)) return text.length;
      const end = text.indexOf('\n', at);
      if (end === -1) return text.length;
      at = end + 1;
      if (!this.#needsTree(at) || (at - start > longStretch && !isBlankAt(text, at))) return at;
    }
    return at;
  }
}

/** A plain line as a service like others. */
export function serviceOfPlainLine({ kind, name, server, args, addresses }: PlainLine): InetdService {
  return { ...kind.specimen, name, server, addresses, argv: args === '' ? [] : args.split(' ') };
}

function isDefinitionAt(text: string, at: number): boolean {
  definition.lastIndex = at;
  return definition.test(text);
}

/** A line that begins with a blank may continue the one before it. */
function isBlankAt(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}
