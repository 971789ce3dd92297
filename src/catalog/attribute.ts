import type { InetdKey } from '../ast/inetd-keys.ts';
import type { AssignmentOperator } from '../ast/nodes.ts';
import type { Keyword } from './keywords.ts';

/** What the words behind the operator mean. */
export type ValueSyntax =
  /** Any word. */
  | { readonly kind: 'word' }
  /** Words handed on as they are. */
  | { readonly kind: 'arguments' }
  /** Exactly one of these. */
  | { readonly kind: 'keyword'; readonly keywords: readonly Keyword[] }
  /** Any of these, in any order. */
  | { readonly kind: 'keywords'; readonly keywords: readonly Keyword[] }
  /** A whole number in decimal, or one of the words with the number it stands for (null: no limit). */
  | {
      readonly kind: 'integer';
      readonly min: number;
      readonly max: number;
      readonly words: readonly NumberWord[];
    }
  | { readonly kind: 'octal'; readonly max: number }
  | { readonly kind: 'decimal' }
  /** Bytes with an optional `K` or `M`. */
  | { readonly kind: 'size'; readonly words: readonly NumberWord[] }
  | { readonly kind: 'path' }
  | { readonly kind: 'protocol' }
  | { readonly kind: 'user' }
  | { readonly kind: 'group' }
  /** One address or host name. */
  | { readonly kind: 'address' }
  /** Addresses, networks, host names and domains. */
  | { readonly kind: 'address-patterns' }
  /** `h:m-h:m` words. */
  | { readonly kind: 'time-intervals' }
  | { readonly kind: 'log-type' }
  /** `NAME=VALUE` words. */
  | { readonly kind: 'assignments' }
  | { readonly kind: 'variable-names' }
  /** Host and port. */
  | { readonly kind: 'host-and-port' }
  /** `N` or `N-M`. */
  | { readonly kind: 'version-range' }
  | { readonly kind: 'service-ids' };

export interface NumberWord {
  readonly name: string;
  readonly value: number | null;
}

/** How many words may stand behind the operator. */
export interface ValueCount {
  readonly min: number;
  readonly max: number;
}

export type Section = 'service' | 'defaults';

/** How an attribute may be written in a section. */
export interface SectionUse {
  readonly operators: readonly AssignmentOperator[];
  /** May stand more than once; the daemon calls it cumulative. */
  readonly repeatable: boolean;
}

/**
 * When the value of `defaults` reaches an entry that does not set the attribute (reference 5.2).
 * - `at-entry`: copied when the entry begins, so only a `defaults` read before counts;
 * - `after-reading`: filled in once all files are read;
 * - `both`: copied first, filled in again if the entry never set it.
 */
export type Inheritance = 'at-entry' | 'after-reading' | 'both';

/** Everything there is to know about one attribute. */
export interface CatalogueAttribute {
  readonly name: string;
  /** Other spellings of the same attribute. */
  readonly aliases: readonly string[];
  readonly value: ValueSyntax;
  readonly count: ValueCount;
  /** Null where it must not stand; `defaults` null as well for what only inetd.conf has. */
  readonly service: SectionUse | null;
  readonly defaults: SectionUse | null;
  readonly inheritance: Inheritance | null;
  /** The words that say what holds when it is absent; null when no words do. */
  readonly defaultWords: readonly string[] | null;
  /** What holds when it is absent, as a clause. */
  readonly absent: string;
  /** Whether a service needs it: always, or under which condition (a clause). */
  readonly required: 'always' | { readonly when: string } | null;
  /** Whether it holds clients or servers back: to lose it opens more than the text says. */
  readonly restricts: boolean;
  /** One paragraph for people. */
  readonly documentation: string;
  readonly example: string;
}

/** An attribute of inetd.conf that has no counterpart in xinetd.conf; a part of a word there, without a name in the text. */
export interface InetdAttribute {
  readonly name: InetdKey;
  /** The field of the line that holds it. */
  readonly field:
    | 'service'
    | 'socket type'
    | 'protocol'
    | 'wait'
    | 'user'
    | 'server'
    | 'directive'
    | 'definition';
  readonly form: string;
  readonly restricts: boolean;
  readonly documentation: string;
}
