import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain';
import type {
  Attribute,
  Blank,
  BlockEntry,
  BodyNode,
  Brace,
  Comment,
  Directive,
  File,
  TopLevel,
  Unknown,
  Word,
} from '../../ast/nodes.ts';
import {
  attribute,
  blank,
  blockEntry,
  brace,
  comment,
  directive,
  splitHeader,
  unknown,
  word,
} from './build.ts';
import {
  AssignmentOperator,
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
  Newline,
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

  readonly file = this.RULE('file', (): File => {
    const children: TopLevel[] = [];
    this.OPTION(() => {
      const mark = this.CONSUME(ByteOrderMark);
      this.ACTION(() => children.push(unknown([word(mark)])));
    });
    this.MANY(() => {
      this.OR([
        { ALT: () => children.push(this.SUBRULE(this.entry)) },
        { ALT: () => children.push(this.SUBRULE(this.directive)) },
        { ALT: () => children.push(this.SUBRULE(this.comment)) },
        { ALT: () => children.push(this.SUBRULE(this.blank)) },
        { ALT: () => children.push(this.SUBRULE(this.invisible)) },
        { ALT: () => children.push(this.SUBRULE(this.strayLine)) },
        { ALT: () => children.push(this.SUBRULE(this.strayBrace)) },
        // Without an entry around it an attribute line means nothing.
        { ALT: () => children.push(this.SUBRULE(this.attributeLine, { ARGS: [false] }) as Unknown) },
        { ALT: () => this.CONSUME(Newline) },
      ]);
    });
    return this.ACTION(() => ({ type: 'File', format: 'xinetd', start: 0, end: 0, children, problems: [] }));
  });

  private readonly entry = this.RULE('entry', (): BlockEntry => {
    const keyword = this.SUBRULE(this.sectionKeyword);
    const words = this.SUBRULE(this.words);
    const header = this.ACTION(() => splitHeader(keyword, words));
    const body: BodyNode[] = [];
    let open: Brace | null = null;
    let close: Brace | null = null;
    this.ACTION(() => {
      open = header.open;
    });
    this.SUBRULE(this.rest, { ARGS: [body] });
    this.MANY({
      GATE: () => close === null && !this.startsSection(open !== null),
      DEF: () => {
        this.OR([
          { ALT: () => body.push(this.SUBRULE(this.bodyLine)) },
          {
            ALT: () => {
              const found = this.SUBRULE(this.openBrace);
              this.ACTION(() => {
                if (open === null && !body.some((node) => node.type === 'Attribute')) open = found;
                else body.push(unknown([braceWord(found), ...found.extra]));
              });
            },
          },
          {
            ALT: () => {
              const found = this.SUBRULE(this.closeBrace);
              this.ACTION(() => {
                close = found;
              });
            },
          },
          { ALT: () => this.CONSUME(Newline) },
        ]);
      },
    });
    return this.ACTION(() => blockEntry(keyword, header, open, body, close));
  });

  private readonly bodyLine = this.RULE('bodyLine', (): BodyNode => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.attributeLine, { ARGS: [true] }) },
      { ALT: () => this.SUBRULE(this.comment) },
      { ALT: () => this.SUBRULE(this.blank) },
      { ALT: () => this.SUBRULE(this.invisible) },
      { ALT: () => this.SUBRULE(this.strayLine) },
      { ALT: () => this.SUBRULE(this.directive) },
      { ALT: () => this.SUBRULE(this.nestedHeader) },
    ]);
  });

  private readonly sectionKeyword = this.RULE('sectionKeyword', (): IToken => {
    return this.OR([{ ALT: () => this.CONSUME(Service) }, { ALT: () => this.CONSUME(Defaults) }]);
  });

  /** Words up to the line end, on a line that began with something else. */
  private readonly words = this.RULE('words', (): Word[] => {
    const words: Word[] = [];
    this.MANY(() => {
      const token = this.CONSUME(Value);
      this.ACTION(() => words.push(word(token)));
    });
    return words;
  });

  /** What may follow the words of a header on its line: text behind a NUL byte. */
  private readonly rest = this.RULE('rest', (into: BodyNode[]) => {
    this.OPTION(() => {
      const node = this.SUBRULE(this.invisible);
      this.ACTION(() => into.push(node));
    });
  });

  private readonly attributeLine = this.RULE('attributeLine', (inEntry: boolean): Attribute | Unknown => {
    const name = this.CONSUME(Name);
    let operator: IToken | null = null;
    let stray: IToken | null = null;
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            operator = this.CONSUME(AssignmentOperator);
          },
        },
        {
          ALT: () => {
            stray = this.CONSUME(NoOperator);
          },
        },
      ]);
    });
    const values = this.SUBRULE(this.words);
    return this.ACTION(() => {
      if (operator !== null && inEntry) return attribute(name, operator, values);
      const second = operator ?? stray;
      return unknown([word(name), ...(second === null ? [] : [word(second)]), ...values]);
    });
  });

  private readonly directive = this.RULE('directive', (): Directive => {
    const keyword = this.OR([{ ALT: () => this.CONSUME(Include) }, { ALT: () => this.CONSUME(IncludeDir) }]);
    const words = this.SUBRULE(this.words);
    return this.ACTION(() =>
      directive(keyword.tokenType === Include ? 'include' : 'includedir', keyword, words),
    );
  });

  /** `service` or `defaults` inside an entry where no section can begin: a line without an operator. */
  private readonly nestedHeader = this.RULE('nestedHeader', (): Unknown => {
    const keyword = this.SUBRULE(this.sectionKeyword);
    const words = this.SUBRULE(this.words);
    return this.ACTION(() => unknown([word(keyword), ...words]));
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
  return type === Newline || type === BlankLine || type === CommentLine;
}

function braceWord(found: Brace): Word {
  return { type: 'Word', start: found.start, end: found.start + 1, text: found.text };
}
