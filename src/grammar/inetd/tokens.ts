import { createToken, type IMultiModeLexerDefinition, Lexer } from 'chevrotain';

/*
 * A token is a whole physical line with its line end, because a file has hundreds of thousands of words and most are never
 * looked at: the words of an entry are cut when somebody asks for them. Only NetBSD's `service on key = value;`
 * definitions, which mind no line ends and have escapes, get tokens for their words, in modes of their own.
 *
 * First characters are written as what they may be, not as what they exclude: only then can the lexer choose a pattern by
 * the first character. `[^\n]` instead of `.`: U+2028 ends no line here.
 */

/** UTF-8 byte order mark, decoded or as latin1 (when the rest of the file is not UTF-8). */
export const ByteOrderMark = createToken({
  name: 'ByteOrderMark',
  pattern: (text: string, offset: number) => (offset === 0 ? /^(?:\uFEFF|\xEF\xBB\xBF)/.exec(text) : null),
  start_chars_hint: ['\uFEFF', '\xEF'],
  line_breaks: false,
});

/** A line without a character, or with a CR alone. */
export const EmptyLine = createToken({ name: 'EmptyLine', pattern: /\r?\n/, line_breaks: true });

/** A line of blanks: other than an empty line it does not end an entry. */
export const BlankLine = createToken({
  name: 'BlankLine',
  pattern: /[ \t]+(?:\r?\n|(?![\s\S]))/,
  line_breaks: true,
});

/** Any line with `#` in column 1. */
export const CommentLine = createToken({ name: 'CommentLine', pattern: /#[^\n]*\n?/, line_breaks: true });

/** `#<off># entry`, and what people write for it. */
export const OffLine = createToken({
  name: 'OffLine',
  pattern: /#[ \t]*<off>#?[^\n]*\n?/,
  line_breaks: true,
});

/** `#@ policy`. */
export const PolicyLine = createToken({ name: 'PolicyLine', pattern: /#@[^\n]*\n?/, line_breaks: true });

/** `#:NAME: title`. */
export const SectionLine = createToken({
  name: 'SectionLine',
  pattern: /#:[A-Z0-9][A-Z0-9_-]*:[^\n]*\n?/,
  line_breaks: true,
});

export const IndentedComment = createToken({
  name: 'IndentedComment',
  pattern: /[ \t]+#[^\n]*\n?/,
  line_breaks: true,
});

/** A line that starts with a blank: a continuation or an entry. */
export const IndentedLine = createToken({
  name: 'IndentedLine',
  pattern: /[ \t]+[^\n]*\n?/,
  line_breaks: true,
});

export const EntryLine = createToken({
  name: 'EntryLine',
  pattern: /[\x00-\x08\x0B-\x1F\x21\x22\x24-\uFFFF][^\n]*\n?/,
  line_breaks: true,
});

/** The same where a backslash at a line end joins the next line, whatever that is. */
export const JoinedIndentedLine = createToken({
  name: 'JoinedIndentedLine',
  pattern: /[ \t]+(?:[^\n]*\\\r?\n)*[^\n]*\n?/,
  line_breaks: true,
});
export const JoinedEntryLine = createToken({
  name: 'JoinedEntryLine',
  pattern: /[\x00-\x08\x0B-\x1F\x21\x22\x24-\uFFFF](?:[^\n]*\\\r?\n)*[^\n]*\n?/,
  line_breaks: true,
});

/** `service on` or `service off`, the address a word of its own or not. */
const head =
  '(?:[\\x21\\x22\\x24-\\uFFFF][\\x21-\\uFFFF]*:[ \\t]+)?[\\x21\\x22\\x24-\\uFFFF][\\x21-\\uFFFF]*[ \\t]+(?:on|off)';
const sureHead = `${head}(?=[ \\t\\r\\n#]|(?![\\s\\S]))`;
const likelyHead = `${head}(?=[ \\t\\r\\n#])(?=(?:[ \\t\\r\\n]|#[^\\n]*\\n)*(?:;|[^ \\t\\r\\n=,;#]+[ \\t\\r\\n]*=))`;

/** NetBSD decides by the second word alone. */
export const SwitchWord = createToken({
  name: 'SwitchWord',
  pattern: new RegExp(sureHead),
  line_breaks: false,
  push_mode: 'key',
});

/** Who does not know the dialect looks whether a key with `=`, or a `;`, follows: a service may be called `on`. */
export const LikelySwitchWord = createToken({
  name: 'LikelySwitchWord',
  pattern: new RegExp(likelyHead),
  line_breaks: false,
  push_mode: 'key',
});

/**
 * Lines that are an entry or a comment each, whatever stands around them: no entry ends in a backslash, and no indented line
 * follows it. One token for up to 64 of them halves the time and the memory of a large file.
 */
const wholeLines = (name: string, definition: string) =>
  createToken({
    name,
    pattern: new RegExp(
      `(?:#(?![@:])[^\\n]*\\n|${definition}[\\x00-\\x08\\x0B-\\x1F\\x21\\x22\\x24-\\uFFFF][^\\n]*[^\\\\\\r\\n]\\r?\\n(?![ \\t])){1,64}`,
    ),
    line_breaks: true,
  });
export const WholeLines = wholeLines('WholeLines', '');
export const UnionWholeLines = wholeLines('UnionWholeLines', `(?!${likelyHead})`);
export const NetbsdWholeLines = wholeLines('NetbsdWholeLines', `(?!${sureHead})`);

/** Another definition behind the `;` of the one before. */
export const NextSwitchWord = createToken({
  name: 'NextSwitchWord',
  pattern: SwitchWord.PATTERN as RegExp,
  line_breaks: false,
  pop_mode: true,
  push_mode: 'key',
});

/** A positional entry behind a `;`. */
export const NextEntryLine = createToken({
  name: 'NextEntryLine',
  pattern: EntryLine.PATTERN as RegExp,
  line_breaks: true,
  pop_mode: true,
});

/** The end of a line behind a `;`, with the comment that may stand there. */
export const LineEnd = createToken({
  name: 'LineEnd',
  pattern: /\r?\n/,
  line_breaks: true,
  pop_mode: true,
  group: Lexer.SKIPPED,
});
export const DefinitionComment = createToken({ name: 'DefinitionComment', pattern: /#[^\n]*/ });
const Blanks = createToken({ name: 'Blanks', pattern: /[ \t]+/, group: Lexer.SKIPPED });
const Space = createToken({
  name: 'Space',
  pattern: /[ \t\r\n\v\f]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

export const Key = createToken({
  name: 'Key',
  pattern: /[\x00-\x08\x0E-\x1F\x21\x22\x24-\x2B\x2D-\x3A\x3C\x3E-\uFFFF]+/,
});
export const Equals = createToken({ name: 'Equals', pattern: /=/, pop_mode: true, push_mode: 'value' });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });
export const NextKey = createToken({ name: 'NextKey', pattern: /,/, pop_mode: true, push_mode: 'key' });
export const Semicolon = createToken({ name: 'Semicolon', pattern: /;/, pop_mode: true, push_mode: 'rest' });

const quotedPiece = (quote: string) =>
  `${quote}(?:[^${quote}\\\\\\n]|\\\\[^\\n])*(?:${quote}|\\\\?(?=\\n|(?![\\s\\S])))`;

/** A run of unquoted and quoted pieces; a quote that is not closed on its line runs to the line end. */
export const Value = createToken({
  name: 'Value',
  pattern: new RegExp(
    `(?:[\\x00-\\x08\\x0E-\\x1F\\x21\\x24-\\x26\\x28-\\x2B\\x2D-\\x3A\\x3C-\\uFFFF]|${quotedPiece('"')}|${quotedPiece("'")})+`,
  ),
});

/** EmptyLine first: a lone CR would make an entry. */
const plainLines = [EmptyLine, EntryLine, BlankLine, OffLine, PolicyLine, SectionLine, CommentLine];
const joinedLines = [EmptyLine, JoinedEntryLine, BlankLine, OffLine, PolicyLine, SectionLine, CommentLine];

/**
 * How lines are told apart: whether there are definitions, whether `#` behind blanks begins a comment, and whether a
 * backslash joins lines.
 */
export type LineMode =
  | 'union'
  | 'union-joined'
  | 'netbsd'
  | 'plain'
  | 'plain-joined'
  | 'hash'
  | 'hash-joined';

export const lexerDefinition: IMultiModeLexerDefinition = {
  defaultMode: 'union-joined',
  modes: {
    union: [
      ...[ByteOrderMark, LikelySwitchWord, UnionWholeLines, ...plainLines],
      ...[IndentedComment, IndentedLine],
    ],
    'union-joined': [
      ...[ByteOrderMark, LikelySwitchWord, UnionWholeLines, ...joinedLines],
      ...[IndentedComment, JoinedIndentedLine],
    ],
    netbsd: [ByteOrderMark, SwitchWord, NetbsdWholeLines, ...plainLines, IndentedLine],
    plain: [ByteOrderMark, WholeLines, ...plainLines, IndentedLine],
    'plain-joined': [ByteOrderMark, WholeLines, ...joinedLines, JoinedIndentedLine],
    hash: [ByteOrderMark, WholeLines, ...plainLines, IndentedComment, IndentedLine],
    'hash-joined': [ByteOrderMark, WholeLines, ...joinedLines, IndentedComment, JoinedIndentedLine],
    key: [Space, DefinitionComment, Equals, Comma, Semicolon, Key],
    value: [Space, DefinitionComment, NextKey, Semicolon, Value],
    rest: [LineEnd, Blanks, DefinitionComment, NextSwitchWord, NextEntryLine],
  } satisfies Record<LineMode | 'key' | 'value' | 'rest', unknown>,
};

/** What is needed for a text whose lines are told apart in one of the ways. */
export function definitionFrom(mode: LineMode): IMultiModeLexerDefinition {
  const { key = [], value = [], rest = [], [mode]: lines = [] } = lexerDefinition.modes;
  return { defaultMode: mode, modes: { [mode]: lines, key, value, rest } };
}

export const vocabulary = [...new Set(Object.values(lexerDefinition.modes).flat())];
