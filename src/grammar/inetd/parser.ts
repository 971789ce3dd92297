import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { TopLevel } from '../../ast/nodes.ts';
import {
  BlankLine,
  ByteOrderMark,
  Comma,
  CommentLine,
  DefinitionComment,
  EmptyLine,
  EntryLine,
  Equals,
  IndentedComment,
  IndentedLine,
  JoinedEntryLine,
  JoinedIndentedLine,
  Key,
  LikelySwitchWord,
  NetbsdWholeLines,
  NextEntryLine,
  NextKey,
  NextSwitchWord,
  OffLine,
  PolicyLine,
  SectionLine,
  Semicolon,
  SwitchWord,
  UnionWholeLines,
  Value,
  vocabulary,
  WholeLines,
} from './tokens.ts';
import type { TreeBuilder } from './tree-builder.ts';

/**
 * inetd.conf as an LL(1) grammar over lines, whose actions build the tree. Every sequence of tokens is a file, so that
 * the parser never throws and needs no recovery.
 */
export class InetdParser extends EmbeddedActionsParser {
  #tree: TreeBuilder | undefined;
  /** The indented line that continues the entry being read. */
  #continuation: IToken | undefined;

  constructor(options: { readonly skipValidations: boolean }) {
    super(vocabulary, { maxLookahead: 1, recoveryEnabled: false, skipValidations: options.skipValidations });
    this.performSelfAnalysis();
  }

  /** The nodes of a file, as the builder makes them. */
  parse(tokens: IToken[], tree: TreeBuilder): readonly TopLevel[] {
    this.#tree = tree;
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
      this.ACTION(() => children.push(this.tree.byteOrderMark(mark)));
    });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.wholeLines, { ARGS: [children] }) },
        { ALT: () => children.push(this.SUBRULE(this.entry)) },
        { ALT: () => children.push(this.SUBRULE(this.hashLine)) },
        { ALT: () => children.push(this.SUBRULE(this.blank)) },
        { ALT: () => children.push(this.SUBRULE(this.definition)) },
      ]);
    });
    return children;
  });

  /** Lines that are an entry or a comment each. */
  private readonly wholeLines = this.RULE('wholeLines', (into: TopLevel[]): void => {
    const lines = this.OR([
      { ALT: () => this.CONSUME(WholeLines) },
      { ALT: () => this.CONSUME(UnionWholeLines) },
      { ALT: () => this.CONSUME(NetbsdWholeLines) },
    ]);
    this.ACTION(() => this.tree.wholeLines(lines, into));
  });

  /** A line of words with the lines that continue it. */
  private readonly entry = this.RULE('entry', (): TopLevel => {
    const first = this.OR([
      { ALT: () => this.CONSUME(EntryLine) },
      { ALT: () => this.CONSUME(JoinedEntryLine) },
      { ALT: () => this.CONSUME(IndentedLine) },
      { ALT: () => this.CONSUME(JoinedIndentedLine) },
      { ALT: () => this.CONSUME(NextEntryLine) },
    ]);
    const lines = [first];
    let last = first;
    this.ACTION(() => {
      this.#continuation = undefined;
    });
    this.MANY({
      GATE: () => this.continues(last),
      DEF: () => {
        last = this.OR1([
          { ALT: () => this.CONSUME1(IndentedLine) },
          { ALT: () => this.CONSUME1(JoinedIndentedLine) },
          { ALT: () => this.CONSUME1(IndentedComment) },
          { ALT: () => this.CONSUME1(BlankLine) },
        ]);
        this.ACTION(() => lines.push(last));
      },
    });
    return this.ACTION(() => this.tree.entry(lines));
  });

  private readonly hashLine = this.RULE('hashLine', (): TopLevel => {
    const line = this.OR([
      { ALT: () => this.CONSUME(CommentLine) },
      { ALT: () => this.CONSUME(OffLine) },
      { ALT: () => this.CONSUME(PolicyLine) },
      { ALT: () => this.CONSUME(SectionLine) },
      { ALT: () => this.CONSUME(IndentedComment) },
      { ALT: () => this.CONSUME(DefinitionComment) },
    ]);
    return this.ACTION(() => this.tree.hashLine(line));
  });

  private readonly blank = this.RULE('blank', (): TopLevel => {
    const first = this.OR([{ ALT: () => this.CONSUME(EmptyLine) }, { ALT: () => this.CONSUME(BlankLine) }]);
    let last = first;
    let lines = 1;
    this.MANY(() => {
      last = this.OR1([{ ALT: () => this.CONSUME1(EmptyLine) }, { ALT: () => this.CONSUME1(BlankLine) }]);
      lines += 1;
    });
    return this.ACTION(() => this.tree.blank(first, last, lines));
  });

  /** `service on key = value, ... ;`, its words in any order: what is wrong with them is no matter of the grammar. */
  private readonly definition = this.RULE('definition', (): TopLevel => {
    const head = this.OR([
      { ALT: () => this.CONSUME(LikelySwitchWord) },
      { ALT: () => this.CONSUME(SwitchWord) },
      { ALT: () => this.CONSUME(NextSwitchWord) },
    ]);
    const tokens = [head];
    this.MANY(() => {
      const token = this.OR1([
        { ALT: () => this.CONSUME(Key) },
        { ALT: () => this.CONSUME(Equals) },
        { ALT: () => this.CONSUME(Value) },
        { ALT: () => this.CONSUME(Comma) },
        { ALT: () => this.CONSUME(NextKey) },
        { ALT: () => this.CONSUME(DefinitionComment) },
      ]);
      this.ACTION(() => tokens.push(token));
    });
    this.OPTION(() => {
      const end = this.CONSUME(Semicolon);
      this.ACTION(() => tokens.push(end));
    });
    return this.ACTION(() => this.tree.definition(tokens));
  });

  /**
   * Whether the next line belongs to the entry whose last line is given. Behind blank and comment lines there must be an
   * indented one: it is looked for once, and all lines up to it belong to the entry.
   */
  private continues(line: IToken): boolean {
    if (!this.tree.indentContinues) return false;
    if (this.#continuation !== undefined && this.#continuation !== line) return true;
    let ahead = 1;
    let next = this.LA(ahead);
    while (next.tokenType === BlankLine || next.tokenType === IndentedComment) {
      ahead += 1;
      next = this.LA(ahead);
    }
    const isIndented = next.tokenType === IndentedLine || next.tokenType === JoinedIndentedLine;
    this.#continuation = isIndented ? next : undefined;
    return isIndented;
  }

  private get tree(): TreeBuilder {
    if (this.#tree === undefined) throw new Error('the parser has no tree to build');
    return this.#tree;
  }
}
