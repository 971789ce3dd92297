import type { IToken } from 'chevrotain';
import type { Comment, DisabledMark, Problem, TopLevel, Unknown, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import { isAddressLine, numericVersion } from './addresses.ts';
import { readDefinition } from './definition.ts';
import type { DialectRules } from './dialects.ts';
import { defaultBind, includeDirective, policyDirective, sectionDirective } from './directives.ts';
import { commentOf, layOut, nulIn, type Stretch } from './layout.ts';
import { EntryContext, InetdLine, type LineLayout } from './line-entry.ts';
import { physicalLines, rangeOf, withoutLineEnd, wordsPart } from './lines.ts';
import { type InetdProblemCode, problem } from './problems.ts';
import {
  IndentedComment,
  IndentedLine,
  JoinedIndentedLine,
  OffLine,
  PolicyLine,
  SectionLine,
} from './tokens.ts';
import { type CutLine, cutWords, nothingCut } from './words.ts';

/** `#<off># `, as update-inetd writes it and as people do. */
const offMark = /#[ \t]*<off>#?[ \t]*/y;
const hash = 0x23;
const campPrefix = 'camp-';

/** Makes the nodes of one file out of its lines, in the way of its dialect, and notes what is wrong outside entries. */
export class TreeBuilder {
  readonly problems: Problem[] = [];
  readonly #context: EntryContext;
  readonly #text: string;
  readonly #rules: DialectRules;
  readonly #hasNul: boolean;
  /** IP version of the default address in force, where that is numeric. */
  #defaultVersion: '4' | '6' | null = null;

  constructor(text: string, rules: DialectRules) {
    this.#context = new EntryContext(text, rules);
    this.#text = text;
    this.#rules = rules;
    this.#hasNul = text.includes('\0');
  }

  get indentContinues(): boolean {
    return this.#rules.indent === 'continues';
  }

  byteOrderMark(token: IToken): Unknown {
    const mark = this.#word(token.startOffset, token.startOffset + token.image.length);
    this.#report('byte-order-mark', mark, 'the daemons take a byte order mark for a part of the first word');
    return unknown([mark]);
  }

  blank(first: IToken, last: IToken, lines: number): TopLevel {
    return {
      type: 'Blank',
      start: first.startOffset,
      end: withoutLineEnd(this.#text, rangeOf(last)).end,
      lines,
    };
  }

  /** A line that begins with `#`, or a comment behind a definition. */
  hashLine(token: IToken): TopLevel {
    const whole = rangeOf(token);
    const line = withoutLineEnd(this.#text, whole);
    this.#checkLength(line);
    switch (token.tokenType) {
      case OffLine:
        return this.#offLine(whole, line);
      case SectionLine:
        return sectionDirective(this.#text, line);
      case PolicyLine:
        return this.#rules.ipsecPolicies ? policyDirective(this.#text, line) : this.#comment(line);
      case IndentedComment:
        this.#checkIndentedComment(token);
        return commentOf(this.#text, line);
      default:
        return this.#comment(line);
    }
  }

  /** A line of words, with the lines that continue it. */
  entry(lines: readonly IToken[]): TopLevel {
    for (const token of lines) {
      this.#checkLength(rangeOf(token));
      if (token.tokenType === IndentedComment) this.#checkIndentedComment(token);
    }
    return this.#laidOut(lines.map((token) => ({ ...rangeOf(token), kind: kindOf(token) })));
  }

  /** Lines that are an entry or a comment each. */
  wholeLines(lines: IToken, into: TopLevel[]): void {
    const text = this.#text;
    const stretch = rangeOf(lines);
    for (let start = stretch.start; start < stretch.end; ) {
      const end = text.indexOf('\n', start) + 1;
      const line = { start, end };
      into.push(text.charCodeAt(start) === hash ? this.#commentOrOff(line) : this.#wholeEntry(line));
      start = end;
    }
  }

  #commentOrOff(whole: Range): TopLevel {
    const line = withoutLineEnd(this.#text, whole);
    this.#checkLength(line);
    offMark.lastIndex = line.start;
    return offMark.test(this.#text) ? this.#offLine(whole, line) : this.#comment(line);
  }

  #wholeEntry(line: Range): TopLevel {
    this.#checkLength(line);
    const words = wordsPart(this.#text, line, this.#rules);
    const isWhole = !this.#hasNul || nulIn(this.#text, words) === null;
    return isWhole ? this.#statement(words, null) : this.#laidOut([{ ...line, kind: 'words' }]);
  }

  definition(tokens: readonly IToken[]): TopLevel {
    return readDefinition(this.#text, tokens, this.#defaultVersion);
  }

  #laidOut(stretches: readonly Stretch[]): TopLevel {
    const layout = layOut(this.#text, this.#rules, stretches);
    const { lines, between, problems } = layout;
    const [first = { start: stretches[0]?.start ?? 0, end: 0 }] = lines;
    const start = Math.min(first.start, between[0]?.start ?? first.start);
    const end = Math.max(lines.at(-1)?.end ?? start, between.at(-1)?.end ?? start);
    const isPlain = lines.length === 1 && between.length === 0 && problems.length === 0;
    return this.#statement({ start, end }, isPlain ? null : layout);
  }

  /** Words as what they are: a directive or an entry. */
  #statement(range: Range, layout: LineLayout | null): TopLevel {
    const text = this.#text;
    const { include, defaultAddresses, rareForms } = this.#rules;
    if (layout !== null && layout.lines.length === 0) return this.#withoutWords(range, layout);
    if (range.start === range.end) return { type: 'Blank', ...range, lines: 1 };
    if (include && text.startsWith('.', range.start)) return this.#dotLine(range, layout);
    if (defaultAddresses && text.startsWith(':', range.end - 1)) {
      const [word, ...others] = this.#wordsOf(range, layout);
      // Addresses are parts of the word as it stands: with quotes in it, or a comment behind it, this is an entry cut short.
      const isBare = word?.text === text.slice(range.start, range.end);
      if (word !== undefined && isBare && others.length === 0 && isAddressLine(word.text))
        return this.#defaultBind(word);
    }
    const isCamp = rareForms && text.startsWith(campPrefix, range.start);
    return new InetdLine(this.#context, range, layout, isCamp ? campMark(range.start) : null);
  }

  /** Nothing but a NUL byte with what follows it, or a lone backslash. */
  #withoutWords(range: Range, layout: LineLayout): TopLevel {
    for (const each of layout.problems) this.problems.push(each);
    const words = layout.between.map((each) => this.#word(each.start, each.end));
    return words.length === 0 ? { type: 'Blank', ...range, lines: 1 } : unknown(words);
  }

  #defaultBind(word: Word): TopLevel {
    const directive = defaultBind(word, this.#rules);
    this.#defaultVersion = numericVersion(directive.values[0]?.text ?? '');
    return directive;
  }

  #dotLine(range: Range, layout: LineLayout | null): TopLevel {
    const words = this.#wordsOf(range, layout);
    const [keyword, ...values] = words;
    if (keyword?.text === '.include' && values.length > 0) return includeDirective(keyword, values);
    const message =
      keyword?.text === '.include' ? '.include needs a pattern' : `'${keyword?.text ?? ''}' is no directive`;
    this.#report('unknown-directive', keyword ?? range, message);
    return unknown(words);
  }

  #offLine(whole: Range, line: Range): TopLevel {
    offMark.lastIndex = line.start;
    const [marker = ''] = offMark.exec(this.#text) ?? [];
    const words = wordsPart(this.#text, whole, this.#rules);
    const start = line.start + marker.length;
    if (start >= words.end) return this.#comment(line);
    const leaf = this.#word(line.start, line.start + marker.trimEnd().length);
    const disabled: DisabledMark = { style: 'debian-off', marker, start: line.start, end: start, leaf };
    return new InetdLine(this.#context, { start, end: words.end }, null, disabled);
  }

  #comment(line: Range): Comment {
    return {
      type: 'Comment',
      start: line.start,
      end: line.end,
      text: this.#text.slice(line.start, line.end),
    };
  }

  /** All leaves of the lines as words: a directive ignores what follows its pattern, comments included. */
  #wordsOf(range: Range, layout: LineLayout | null): readonly Word[] {
    const cut: CutLine = { ...nothingCut(), problems: this.problems };
    for (const line of layout?.lines ?? [range]) cutWords(this.#text, line, this.#rules, cut);
    const others = (layout?.between ?? []).map((each) => this.#word(each.start, each.end));
    return [...cut.words, ...others].sort((a, b) => a.start - b.start);
  }

  #word(start: number, end: number): Word {
    return { type: 'Word', start, end, text: this.#text.slice(start, end) };
  }

  #checkIndentedComment(token: IToken): void {
    if (this.#rules.hash !== 'indented') return;
    const message =
      'most daemons know comments in column 1 only: the words become arguments of the entry above';
    this.#report('indented-comment', commentOf(this.#text, rangeOf(token)), message);
  }

  #checkLength(stretch: Range): void {
    const { maxLine } = this.#rules;
    if (maxLine === null || stretch.end - stretch.start <= maxLine) return;
    for (const physical of physicalLines(this.#text, stretch)) {
      const line = withoutLineEnd(this.#text, physical);
      if (line.end - line.start <= maxLine) continue;
      const message = `the daemons cut a line after ${maxLine} characters and read the rest as another`;
      this.#report('long-line', line, message);
    }
  }

  #report(code: InetdProblemCode, at: Range, message: string): void {
    this.problems.push(problem(code, at, message));
  }
}

function kindOf(token: IToken): Stretch['kind'] {
  if (token.tokenType === IndentedComment) return 'comment';
  const isIndented = token.tokenType === IndentedLine || token.tokenType === JoinedIndentedLine;
  return isIndented ? 'indented-words' : 'words';
}

function unknown(words: readonly Word[]): Unknown {
  return { type: 'Unknown', start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, words };
}

/** Interix: the service name says that it is off. */
function campMark(start: number): DisabledMark {
  return { style: 'camp', marker: campPrefix, start, end: start + campPrefix.length, leaf: null };
}
