import type { EntryForm } from '../../ast/new-entry.ts';
import type { Remark } from '../from-inetd/line-kinds.ts';
import { attributesOf, type EntryPlan } from './entry-plan.ts';
import type { SettledPart } from './repeated-entry.ts';

/** Attributes whose values entries of one plan do not share, in their order. */
const ownOfEntries: ReadonlySet<string> = new Set(['id', 'port', 'server', 'server_args']);

/** What entries have in common whose lines are of one kind and whose servers are named in one way. */
export class SharedPlan {
  /** That of the first. */
  readonly plan: EntryPlan;
  /** What is said of every line; null where it is that its name is in no table. */
  readonly remarks: readonly (Remark | null)[];
  #form: EntryForm | undefined;
  readonly #settledForms = new Map<string, EntryForm>();

  constructor(plan: EntryPlan, remarks: readonly (Remark | null)[]) {
    this.plan = plan;
    this.remarks = remarks;
  }

  /** The attributes of an entry, with what was settled for it where its name is repeated. */
  form(settled: SettledPart | undefined): EntryForm {
    if (settled === undefined) {
      this.#form ??= formOf(this.plan);
      return this.#form;
    }
    const { id, isDisabled, family } = settled;
    const variant = `${id === null}${isDisabled}${family.flag}${family.isV6Only}`;
    let form = this.#settledForms.get(variant);
    if (form === undefined) {
      form = formOf({ ...this.plan, id, isDisabled, family });
      this.#settledForms.set(variant, form);
    }
    return form;
  }
}

function formOf(plan: EntryPlan): EntryForm {
  return attributesOf(plan).map(([name, value]) => [name, ownOfEntries.has(name) ? null : value]);
}
