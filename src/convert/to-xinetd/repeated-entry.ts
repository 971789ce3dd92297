import type { Family } from '../from-inetd/family.ts';
import type { EntryPlan } from './entry-plan.ts';

/** What depends on the other entries of a name. */
export type SettledPart = Pick<EntryPlan, 'id' | 'isDisabled' | 'family'>;

/**
 * An entry whose name others have, too. Its plan may be that of many entries, which differ from it in name and line alone:
 * a hundred thousand plans would be a hundred megabytes.
 */
export class RepeatedEntry implements SettledPart {
  readonly plan: EntryPlan;
  readonly name: string;
  /** 1-based line of the source. */
  readonly line: number;
  id: string | null;
  isDisabled: boolean;
  family: Family;

  constructor(plan: EntryPlan, name: string, line: number) {
    this.plan = plan;
    this.name = name;
    this.line = line;
    this.id = plan.id;
    this.isDisabled = plan.isDisabled;
    this.family = plan.family;
  }

  /** The plan with what was settled; of use where the plan is the entry's own. */
  settledPlan(): EntryPlan {
    const { id, isDisabled, family } = this;
    return { ...this.plan, id, isDisabled, family };
  }
}

/** Entries by their lines, taken in the order in which they were put in. */
export class RepeatedEntries {
  readonly #entries: RepeatedEntry[] = [];
  #next = 0;

  get all(): readonly RepeatedEntry[] {
    return this.#entries;
  }

  add(entry: RepeatedEntry): void {
    this.#entries.push(entry);
  }

  /** The entries of the line, which is behind all lines that were asked for before; empty where no name is repeated. */
  take(line: number): readonly RepeatedEntry[] {
    const first = this.#next;
    while (this.#entries[this.#next]?.line === line) this.#next += 1;
    return first === this.#next ? none : this.#entries.slice(first, this.#next);
  }
}

const none: readonly RepeatedEntry[] = [];
