import { EmbeddedActionsParser, EOF, type IOrAlt, type IToken, type TokenType } from 'chevrotain';
import type {
  Attribute,
  Blank,
  BlockEntry,
  BodyNode,
  Brace,
  Comment,
  Directive,
  TopLevel,
  Unknown,
  Word,
} from '../../ast/nodes.ts';
import {
  assignmentWords,
  attribute,
  blank,
  brace,
  braceWord,
  comment,
  directive,
  splitHeader,
  unknown,
  word,
} from './build.ts';
import { EntryFrame } from './entry-frame.ts';
import { sectionWordAttribute } from './section-word.ts';
import {
  Assignment,
  BlankLine,
  ByteOrderMark,
  CloseBrace,
  CommentLine,
  Defaults,
  Include,
  IncludeDir,
  Invisible,
  LeadingOperator,
  Name,
  NoOperator,
  OpenBrace,
  Service,
  Value,
  vocabulary,
} from './tokens.ts';

/**
 * xinetd.conf as an LL(1) grammar whose actions build the tree directly, without a concrete tree in between: a second
 * copy of every word is what large trees of files cannot afford.
 *
 * The grammar is total: each line shape that is none of the language is an `Unknown`, and an entry ends at its closing
 * brace, at the next section that is surely one, or with the file. So the parser never throws and needs no recovery.
 */
export class XinetdParser extends EmbeddedActionsParser {
  constructor(options: { readonly skipValidations: boolean }) {
    super(vocabulary, { maxLookahead: 1, recoveryEnabled: false, skipValidations: options.skipValidations });
    this.performSelfAnalysis();
  }

  /*
   * What a rule can choose from is written down once and not in the rule, which would make a list of functions anew for
   * each line: half of all memory that parsing took.
   */

  private readonly topLevelNodes: IOrAlt<TopLevel>[] = [
    { ALT: () => this.SUBRULE(this.entry) },
    { ALT: () => this.SUBRULE(this.directive) },
    { ALT: () => this.SUBRULE(this.comment) },
    { ALT: () => this.SUBRULE(this.blank) },
    { ALT: () => this.SUBRULE(this.invisible) },
    { ALT: () => this.SUBRULE(this.strayLine) },
    { ALT: () => this.SUBRULE(this.strayBrace) },
    { ALT: () => this.SUBRULE(this.strayAssignment) },
    { ALT: () => this.SUBRULE(this.nameLine) },
  ];

  private readonly entryLines: IOrAlt<BodyNode | Brace>[] = [
    { ALT: () => this.assignment() },
    { ALT: () => this.SUBRULE(this.nameLine) },
    { ALT: () => this.SUBRULE(this.comment) },
    { ALT: () => this.SUBRULE(this.blank) },
    { ALT: () => this.SUBRULE(this.invisible) },
    { ALT: () => this.SUBRULE(this.strayLine) },
    { ALT: () => this.SUBRULE(this.directive) },
    { ALT: () => this.SUBRULE(this.nestedHeader) },
    { ALT: () => this.SUBRULE(this.openBrace) },
    { ALT: () => this.SUBRULE(this.closeBrace) },
  ];

  private readonly entryLine = {
    GATE: (): boolean => !this.frame.isClosed && !this.startsSection(this.frame.isOpen),
    DEF: (): void => this.frame.take(this.OR(this.entryLines)),
  };

  /** The words of the line that is being read. A list made for each line would have room for sixteen of them. */
  private readonly lineWords: Word[] = [];
  private wordCount = 0;

  /** The entry that is being read; entries do not nest. */
  private frame = new EntryFrame({ name: null, extra: [], open: null });

  /** The nodes of a file. */
  parse(tokens: IToken[]): readonly TopLevel[] {
    this.input = tokens;
    const children = this.file();
    // The parser lives on; the tokens, as large as the file, must not.
    this.input = [];
    return children;
  }

  private readonly file = this.RULE('file', (): TopLevel[] => {
    const children: TopLevel[] = [];
    this.OPTION(() => {
      const mark = this.CONSUME(ByteOrderMark);
      this.ACTION(() => children.push(unknown([word(mark)])));
    });
    this.MANY(() => {
      children.push(this.OR(this.topLevelNodes));
    });
    return children;
  });

  private readonly entry = this.RULE('entry', (): BlockEntry => {
    const keyword = this.SUBRULE(this.sectionKeyword);
    const words = this.SUBRULE(this.words);
    this.ACTION(() => {
      this.frame = new EntryFrame(splitHeader(keyword, words));
    });
    this.MANY(this.entryLine);
    return this.ACTION(() => this.frame.build(keyword));
  });

  /** A part of the rule above, and no rule of its own: calling one costs as much as the rest of the line. */
  private assignment(): Attribute {
    const token = this.CONSUME(Assignment);
    this.MANY1(this.word);
    return this.ACTION(() => attribute(token, this.takeWords()));
  }

  private readonly sectionKeyword = this.RULE('sectionKeyword', (): IToken => {
    return this.OR([{ ALT: () => this.CONSUME(Service) }, { ALT: () => this.CONSUME(Defaults) }]);
  });

  private readonly word = (): void => {
    const token = this.CONSUME(Value);
    // Not of the token that stands for all while the rules are recorded: its place is no small integer to V8, and with one
    // such word there is a number on the heap for each place of all others, 2 KB a file.
    this.ACTION(() => {
      this.lineWords[this.wordCount] = word(token);
      this.wordCount += 1;
    });
  };

  private takeWords(): Word[] {
    const words = this.lineWords.slice(0, this.wordCount);
    this.wordCount = 0;
    return words;
  }

  /** Words up to the line end, on a line that began with something else. */
  private readonly words = this.RULE('words', (): Word[] => {
    this.MANY(this.word);
    return this.takeWords();
  });

  /** Without an entry around it an assignment means nothing. */
  private readonly strayAssignment = this.RULE('strayAssignment', (): Unknown => {
    const token = this.CONSUME(Assignment);
    const values = this.SUBRULE(this.words);
    return this.ACTION(() => unknown([...assignmentWords(token), ...values]));
  });

  private readonly nameLine = this.RULE('nameLine', (): Unknown => {
    const name = this.CONSUME(Name);
    const second = this.OPTION(() => this.CONSUME(NoOperator));
    const values = this.SUBRULE(this.words);
    return this.ACTION(() =>
      unknown([word(name), ...(second === undefined ? [] : [word(second)]), ...values]),
    );
  });

  private readonly directive = this.RULE('directive', (): Directive => {
    const keyword = this.OR([{ ALT: () => this.CONSUME(Include) }, { ALT: () => this.CONSUME(IncludeDir) }]);
    const words = this.SUBRULE(this.words);
    return this.ACTION(() =>
      directive(keyword.tokenType === Include ? 'include' : 'includedir', keyword, words),
    );
  });

  /** `service` or `defaults` inside an entry where no section can begin: an attribute, or a line without an operator. */
  private readonly nestedHeader = this.RULE('nestedHeader', (): Attribute | Unknown => {
    const keyword = this.SUBRULE(this.sectionKeyword);
    const words = this.SUBRULE(this.words);
    return this.ACTION(() => sectionWordAttribute(keyword, words) ?? unknown([word(keyword), ...words]));
  });

  private readonly strayLine = this.RULE('strayLine', (): Unknown => {
    const operator = this.CONSUME(LeadingOperator);
    const words = this.SUBRULE(this.words);
    return this.ACTION(() => unknown([word(operator), ...words]));
  });

  private readonly strayBrace = this.RULE('strayBrace', (): Unknown => {
    const found = this.OR([
      { ALT: () => this.SUBRULE(this.openBrace) },
      { ALT: () => this.SUBRULE(this.closeBrace) },
    ]);
    return this.ACTION(() => unknown([braceWord(found), ...found.extra]));
  });

  private readonly openBrace = this.RULE('openBrace', (): Brace => {
    const token = this.CONSUME(OpenBrace);
    const extra = this.SUBRULE(this.words);
    return this.ACTION(() => brace(token, '{', extra));
  });

  private readonly closeBrace = this.RULE('closeBrace', (): Brace => {
    const token = this.CONSUME(CloseBrace);
    const extra = this.SUBRULE(this.words);
    return this.ACTION(() => brace(token, '}', extra));
  });

  private readonly comment = this.RULE('comment', (): Comment => {
    const token = this.CONSUME(CommentLine);
    return this.ACTION(() => comment(token));
  });

  private readonly blank = this.RULE('blank', (): Blank => {
    const first = this.CONSUME(BlankLine);
    let last = first;
    let lines = 1;
    this.MANY(() => {
      last = this.CONSUME1(BlankLine);
      lines += 1;
    });
    return this.ACTION(() => blank(first, last, lines));
  });

  private readonly invisible = this.RULE('invisible', (): Unknown => {
    const token = this.CONSUME(Invisible);
    return this.ACTION(() => unknown([word(token)]));
  });

  /**
   * Whether the next line surely begins a section, so that the entry being read has lost its closing brace: a header
   * that is followed by an opening brace, or any header while the entry has no opening brace itself.
   */
  private startsSection(isOpen: boolean): boolean {
    if (!isHeader(this.LA(1).tokenType)) return false;
    if (!isOpen) return true;
    let ahead = 2;
    while (this.LA(ahead).tokenType === Value) ahead += 1;
    if (ahead > 2 && this.LA(ahead - 1).image === '{') return true;
    while (isBetweenHeaderAndBrace(this.LA(ahead).tokenType)) ahead += 1;
    const next = this.LA(ahead).tokenType;
    return next !== EOF && next === OpenBrace;
  }
}

function isHeader(type: TokenType): boolean {
  return type === Service || type === Defaults;
}

function isBetweenHeaderAndBrace(type: TokenType): boolean {
  return type === BlankLine || type === CommentLine;
}
