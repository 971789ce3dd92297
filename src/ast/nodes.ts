import type { Range } from '../text/range.ts';

/**
 * One tree for both formats. An inetd.conf line and an xinetd `service` block become the same node, an entry with
 * attributes; what only one format has is an attribute too.
 *
 * Invariants, guarded by tests:
 * - leaves (words, operators, braces, comments) stand in source order and do not overlap;
 * - what lies between two leaves is white space only, so that the file can be put together again byte for byte;
 * - nodes are never changed in place.
 */
export interface File extends Range {
  readonly type: 'File';
  readonly format: Format;
  readonly children: readonly TopLevel[];
  /** Faults outside entries. */
  readonly problems: readonly Problem[];
}

export type Format = 'xinetd' | 'inetd';

/** A word as it stands in the file; `text` is what counts (without quotes, where a dialect has them). */
export interface Word extends Range {
  readonly type: 'Word';
  readonly text: string;
}

/** `=`, `+=`, `-=`. */
export type AssignmentOperator = 'set' | 'add' | 'remove';

/** The operator as a leaf of its own: xinetd cares whether it touches the name. */
export interface Operator extends Range {
  readonly type: 'Operator';
  readonly operator: AssignmentOperator;
}

/**
 * A name with its values. In a positional inetd.conf line there is neither name nor operator in the text (`name`
 * null), and a value may be a part of a word (`nowait.40` is two attributes).
 */
export interface Attribute extends Range {
  readonly type: 'Attribute';
  /** Name in the catalogue's spelling, lower case; unknown names as written, lower case. */
  readonly key: string;
  readonly name: Word | null;
  readonly operator: Operator | null;
  readonly values: readonly Word[];
}

/** A comment line without its line end. */
export interface Comment extends Range {
  readonly type: 'Comment';
  readonly text: string;
}

/** One or more lines of nothing but white space. */
export interface Blank extends Range {
  readonly type: 'Blank';
  /** How many lines. */
  readonly lines: number;
}

/** A brace, with the words that follow it on its line (there should be none: the daemon wants it alone). */
export interface Brace extends Range {
  readonly type: 'Brace';
  readonly text: '{' | '}';
  readonly extra: readonly Word[];
}

/** `include`, `includedir`, and what inetd dialects have: default address, IPsec policy, `.include`, group header. */
export interface Directive extends Range {
  readonly type: 'Directive';
  readonly kind: DirectiveKind;
  readonly keyword: Word | null;
  readonly values: readonly Word[];
}

export type DirectiveKind =
  | 'include'
  | 'includedir'
  | 'default-bind'
  | 'ipsec-policy'
  | 'glob-include'
  | 'section';

/** Text that could not be understood: kept, printed verbatim, never served. */
export interface Unknown extends Range {
  readonly type: 'Unknown';
  readonly words: readonly Word[];
}

/** A fault of the text found while parsing, at its narrowest range. */
export interface Problem extends Range {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

interface EntryBase extends Range {
  readonly type: 'Entry';
  /** The service name; null where it is missing and for `defaults`. */
  readonly name: Word | null;
  readonly attributes: readonly Attribute[];
  readonly problems: readonly Problem[];
}

/** `service NAME { ... }` or `defaults { ... }`. */
export interface BlockEntry extends EntryBase {
  readonly syntax: 'block';
  readonly kind: 'service' | 'defaults';
  readonly keyword: Word;
  /** Words after the name (after `defaults`), which the daemon ignores; a brace on the header line is `open`. */
  readonly extra: readonly Word[];
  readonly open: Brace | null;
  readonly body: readonly BodyNode[];
  readonly close: Brace | null;
}

/** One logical line of inetd.conf; attributes are cut out of `fields` on first use. */
export interface LineEntry extends EntryBase {
  readonly syntax: 'line';
  readonly kind: 'service';
  readonly fields: readonly Word[];
  readonly disabled: DisabledMark | null;
  /** What stands between the fields of a continued line and is none: indented comments, backslashes at a line end. */
  readonly between: readonly (Comment | Word)[];
  /** A comment behind the words, in the dialects that have one. */
  readonly trailing: Comment | null;
}

/** A NetBSD `service on key = value, ... ;` definition. */
export interface PairsEntry extends EntryBase {
  readonly syntax: 'pairs';
  readonly kind: 'service';
  /** Every word in order, `on`/`off`, `,`, `=` and `;` included. */
  readonly fields: readonly Word[];
  readonly comments: readonly Comment[];
  readonly disabled: DisabledMark | null;
}

/** How an inetd entry was switched off: `#`, Debian's `#<off>#`, NetBSD's `off`, Interix' `camp-`. */
export interface DisabledMark extends Range {
  readonly style: 'comment' | 'debian-off' | 'kv-off' | 'camp';
  readonly marker: string;
  /** The marker as a leaf where it stands before the fields; null where it is (a part of) a field. */
  readonly leaf: Word | null;
}

export type Entry = BlockEntry | LineEntry | PairsEntry;
export type BodyNode = Attribute | Directive | Comment | Blank | Unknown;
export type TopLevel = Entry | Directive | Comment | Blank | Unknown;
export type Leaf = Word | Operator | Brace | Comment;
export type Node = File | TopLevel | BodyNode | Leaf;
