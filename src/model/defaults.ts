import type { Draft, DraftValues } from './draft.ts';
import { shareList } from './own-list.ts';

/** Fields of the values that an attribute of `defaults` fills. */
const atEntry = {
  log_on_success: 'logOnSuccess',
  log_on_failure: 'logOnFailure',
  only_from: 'onlyFrom',
  no_access: 'noAccess',
  passenv: 'passenv',
  banner: 'banner',
  banner_success: 'bannerSuccess',
  banner_fail: 'bannerFail',
} as const;

const afterReading = {
  instances: 'instances',
  per_source: 'perSource',
  groups: 'groups',
  cps: 'cps',
  max_load: 'maxLoad',
  umask: 'umask',
  bind: 'bind',
  v6only: 'v6only',
  log_type: 'logType',
} as const;

const fieldsAtEntry = fieldsOf(atEntry);
const fieldsAfterReading = fieldsOf(afterReading);

function fieldsOf<Field>(table: Readonly<Record<string, Field>>) {
  return Object.entries(table).map(([attribute, field]) => ({ attribute, field }));
}

/**
 * Moment A: the start values of an entry, as far as `defaults` is known now. The entry's `=` replaces them, `+=` and
 * `-=` change a private copy.
 */
export function copyAtEntry(draft: Draft, defaults: Draft): void {
  for (const { attribute, field } of fieldsAtEntry) {
    inherit(draft, defaults, attribute, field);
  }
}

/** Moment B: what the entry never set, once all files are read. */
export function fillAfterReading(draft: Draft, defaults: Draft, without: ReadonlySet<string>): void {
  for (const { attribute, field } of fieldsAfterReading) {
    if (draft.given.has(attribute) || without.has(attribute)) continue;
    inherit(draft, defaults, attribute, field);
    // A file named in `defaults` is opened once, for all services that have no log of their own.
    if (field === 'logType' && draft.values.logType?.kind === 'file')
      draft.values.logType = { kind: 'common' };
  }
  inheritPassenv(draft, defaults);
  for (const attribute of ['log_on_success', 'log_on_failure'] as const) {
    if (!draft.given.has(attribute)) inherit(draft, defaults, attribute, atEntry[attribute]);
  }
}

/** An environment of its own has only who says something about it; all others share that of `defaults`. */
function inheritPassenv(draft: Draft, defaults: Draft): void {
  const { passenv } = defaults.values;
  if (draft.given.has('passenv') || passenv === null) return;
  if (draft.values.passenv === null) {
    const origins = defaults.origins.get('passenv') ?? [];
    draft.origins.set(
      'passenv',
      origins.map((origin) => ({ ...origin, note: lateNote })),
    );
  }
  shareList(defaults, passenv);
  draft.values.passenv = passenv;
}

/** A fault of `defaults` closes every service that would have taken the attribute from there. */
export function closeByDefaults(draft: Draft, { faults }: Draft): void {
  if (faults.length === 0) return;
  for (const fault of faults) {
    if (fault.attribute === null || !draft.replaced.includes(fault.attribute)) draft.faults.push(fault);
  }
}

/** Said of a list that the entry did not have when it was read. */
export const lateNote = 'stands behind the entry';

function inherit<K extends keyof DraftValues>(
  draft: Draft,
  defaults: Draft,
  attribute: string,
  field: K,
): void {
  const value = defaults.values[field];
  if (value === null) return;
  if (Array.isArray(value)) shareList(defaults, value);
  draft.values[field] = value instanceof Set ? (new Set(value) as DraftValues[K]) : value;
  const origins = defaults.origins.get(attribute) ?? [];
  shareList(defaults, origins);
  draft.origins.set(attribute, origins);
}
