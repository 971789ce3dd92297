import type { Attribute, Comment, DisabledMark, LineEntry, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { DialectRules } from './dialects.ts';
import { type FieldReading, readFields } from './fields.ts';
import { type CutLine, cutWords, nothingCut } from './words.ts';

/** The lines of an entry that has more than one, and what stands between its words. */
export interface LineLayout {
  readonly lines: readonly Range[];
  readonly between: readonly (Comment | Word)[];
  /** Faults of the way the lines hang together. */
  readonly problems: readonly Problem[];
}

/** How many entries of one file keep what was read of them. */
const keptEntries = 256;

/** What the entries of one file share: its text, its dialect, and who of them keeps its words. */
export class EntryContext {
  readonly text: string;
  readonly rules: DialectRules;
  readonly #reading: InetdLine[] = [];
  #next = 0;

  constructor(text: string, rules: DialectRules) {
    this.text = text;
    this.rules = rules;
  }

  /** Lets an entry keep its words; the one that has kept its own longest forgets them. */
  keep(entry: InetdLine): void {
    this.#reading[this.#next]?.forget();
    this.#reading[this.#next] = entry;
    this.#next = (this.#next + 1) % keptEntries;
  }
}

/**
 * An entry that knows where it stands, and cuts its words and reads its fields when it is asked for them.
 *
 * Measured with 100,000 entries in 8.3 MB: words and attributes of all of them at once are 200 MB, more than everything
 * else together. So entries of one file take turns in keeping them: a file of ordinary size keeps all, a huge one the last
 * 4096, and who walks over it pays for them once all the same.
 */
export class InetdLine implements LineEntry {
  readonly type = 'Entry';
  readonly syntax = 'line';
  readonly kind = 'service';
  readonly start: number;
  readonly end: number;
  readonly disabled: DisabledMark | null;
  readonly #context: EntryContext;
  /** Where the words begin. */
  readonly #wordsStart: number;
  readonly #layout: LineLayout | null;
  #cut: CutLine | undefined;
  #reading: FieldReading | undefined;

  constructor(context: EntryContext, words: Range, layout: LineLayout | null, disabled: DisabledMark | null) {
    this.start = disabled?.start ?? words.start;
    this.end = words.end;
    this.disabled = disabled;
    this.#context = context;
    this.#wordsStart = words.start;
    this.#layout = layout;
  }

  get fields(): readonly Word[] {
    return this.#cutLine().words;
  }

  get trailing(): Comment | null {
    return this.#cutLine().comments[0] ?? null;
  }

  get between(): readonly (Comment | Word)[] {
    const between = this.#layout?.between ?? [];
    const { comments } = this.#cutLine();
    return comments.length > 1 ? [...between, ...comments.slice(1)] : between;
  }

  get name(): Word | null {
    return this.#read().name;
  }

  get attributes(): readonly Attribute[] {
    return this.#read().attributes;
  }

  get problems(): readonly Problem[] {
    return this.#read().problems;
  }

  /** The node as plain data: neither JSON nor a spread finds getters by itself. */
  toJSON(): LineEntry {
    const {
      type,
      syntax,
      kind,
      start,
      end,
      name,
      disabled,
      fields,
      attributes,
      between,
      trailing,
      problems,
    } = this;
    return {
      type,
      syntax,
      kind,
      start,
      end,
      name,
      disabled,
      fields,
      attributes,
      between,
      trailing,
      problems,
    };
  }

  /** Drops what can be read again. */
  forget(): void {
    this.#cut = undefined;
    this.#reading = undefined;
  }

  #cutLine(): CutLine {
    if (this.#cut === undefined) {
      const { text, rules } = this.#context;
      const cut = nothingCut();
      for (const line of this.#layout?.lines ?? [{ start: this.#wordsStart, end: this.end }])
        cutWords(text, line, rules, cut);
      this.#cut = cut;
      this.#context.keep(this);
    }
    return this.#cut;
  }

  #read(): FieldReading {
    if (this.#reading === undefined) {
      const { words, problems } = this.#cutLine();
      const { text, rules } = this.#context;
      const reading = readFields(text, words, this, rules, this.disabled);
      const ofLines = [...(this.#layout?.problems ?? []), ...problems];
      this.#reading = ofLines.length === 0 ? reading : withProblems(reading, ofLines);
    }
    return this.#reading;
  }
}

/** Blanks in front of a line that is no entry at all are not worth a word. */
function withProblems(reading: FieldReading, ofLines: readonly Problem[]): FieldReading {
  const isEntry = reading.problems.every(({ code }) => code !== 'too-few-fields');
  const problems = isEntry ? ofLines : ofLines.filter(({ code }) => code !== 'leading-blanks');
  return { ...reading, problems: [...problems, ...reading.problems] };
}
