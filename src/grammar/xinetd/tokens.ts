import { createToken, type IMultiModeLexerDefinition, Lexer } from 'chevrotain';

/*
 * xinetd reads line by line: what a character means depends on where in its line it stands. So there is a mode for the
 * start of a line, one behind an attribute name, and one for the words up to the line end.
 *
 * White space is spelled out everywhere: `\s` would take U+FEFF and U+00A0 too, which the daemon takes for letters.
 * Only blank and tab separate values; in front of a name any C `isspace` byte may stand (reference 1, "Lexical level").
 */

/**
 * LF ends a line. A CR in front of it is kept out of the words; who imitates the daemon adds it back. The parser does without
 * it: what stands at the start of a line is a token of its own, which none behind it is.
 */
const Newline = createToken({
  name: 'Newline',
  pattern: /\r?\n/,
  line_breaks: true,
  group: Lexer.SKIPPED,
  pop_mode: true,
});

/** Newline at the start of a line: a blank line, no mode to leave. */
export const BlankLine = createToken({ name: 'BlankLine', pattern: /\r?\n/, line_breaks: true });

const Space = createToken({ name: 'Space', pattern: /[ \t\v\f\r]+/, group: Lexer.SKIPPED });
const Separator = createToken({ name: 'Separator', pattern: /[ \t]+/, group: Lexer.SKIPPED });

/** The daemon sees nothing of a line behind a NUL byte. */
const invisiblePattern = /\0(?:[^\r\n]|\r(?!\n))*/;
export const Invisible = createToken({ name: 'Invisible', pattern: invisiblePattern });

/** The same at the start of a line: what follows is the end of this line, not a blank one. */
const InvisibleLine = createToken({
  name: 'InvisibleLine',
  pattern: invisiblePattern,
  categories: [Invisible],
  push_mode: 'words',
});

/** UTF-8 byte order mark, decoded or as latin1 (when the rest of the file is not UTF-8). */
export const ByteOrderMark = createToken({
  name: 'ByteOrderMark',
  pattern: (text: string, offset: number) => (offset === 0 ? /^(?:\uFEFF|\xEF\xBB\xBF)/.exec(text) : null),
  start_chars_hint: ['\uFEFF', '\xEF'],
  line_breaks: false,
});

export const CommentLine = createToken({
  name: 'CommentLine',
  pattern: /#(?:[^\r\n]|\r(?!\n))*/,
  push_mode: 'words',
});

/** `{{`, `{%` and `{#` begin template placeholders, never an entry. */
export const OpenBrace = createToken({ name: 'OpenBrace', pattern: /\{(?![{%#])/, push_mode: 'words' });
export const CloseBrace = createToken({ name: 'CloseBrace', pattern: /\}(?!\})/, push_mode: 'words' });

/** A whole word, whatever its case; only the CR of a line end may touch it. */
const keyword = (name: string, word: string) =>
  createToken({ name, pattern: new RegExp(`${word}(?=[ \\t\\n\\0]|\\r\\n|$)`, 'i'), push_mode: 'words' });
export const Service = keyword('Service', 'service');
export const Defaults = keyword('Defaults', 'defaults');
export const Include = keyword('Include', 'include');
export const IncludeDir = keyword('IncludeDir', 'includedir');

/*
 * Sets below are written as what they hold, not as what they exclude: only then can the lexer choose a pattern by
 * the first character.
 */

/**
 * A name with its operator, in one token because nearly all lines are of this kind. The name runs to the first white space or
 * `=`, as in the daemon: in `only_from+=x` the plus belongs to it.
 */
export const Assignment = createToken({
  name: 'Assignment',
  pattern: /[\x01-\x08\x0E-\x1F\x21-\x3C\x3E-\uFFFF]+[ \t\v\f\r]*[+-]?=/,
  push_mode: 'words',
});

/** A name that no operator follows. */
export const Name = createToken({
  name: 'Name',
  pattern: /[\x01-\x08\x0E-\x1F\x21-\x3C\x3E-\uFFFF]+/,
  push_mode: 'operator',
});

/** `= no`: an operator without a name in front of it. */
export const LeadingOperator = createToken({
  name: 'LeadingOperator',
  pattern: /[+-]?=/,
  push_mode: 'words',
});

/** What stands where an operator should. */
export const NoOperator = createToken({
  name: 'NoOperator',
  pattern: /[\x01-\x08\x0E-\x1F\x21-\uFFFF]+/,
  pop_mode: true,
  push_mode: 'words',
});

/** VT, FF and a CR inside a line are part of a value. */
export const Value = createToken({
  name: 'Value',
  pattern: /(?:[\x01-\x08\v\f\x0E-\x1F\x21-\uFFFF]|\r(?!\n))+/,
});

export const lexerDefinition: IMultiModeLexerDefinition = {
  defaultMode: 'line',
  modes: {
    line: [
      ByteOrderMark,
      BlankLine,
      Space,
      CommentLine,
      InvisibleLine,
      OpenBrace,
      CloseBrace,
      Service,
      Defaults,
      IncludeDir,
      Include,
      LeadingOperator,
      Assignment,
      Name,
    ],
    operator: [Newline, Space, Invisible, NoOperator],
    words: [Newline, Separator, Invisible, Value],
  },
};

export const vocabulary = [...new Set(Object.values(lexerDefinition.modes).flat())];
