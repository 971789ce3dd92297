import { findAttribute, useIn } from '../../catalog/catalogue.ts';
import { meantAttribute } from '../../catalog/meant-attribute.ts';
import { operatorText } from '../../catalog/sections.ts';
import type { Context } from '../context.ts';
import { type AttributeLine, type Draft, nameOf } from '../draft.ts';
import { ownList } from '../own-list.ts';
import { placedMessage } from '../report.ts';
import type { Origin } from '../service.ts';
import { type Assignment, reject } from './assignment.ts';
import { valueReaders } from './readers.ts';

/** What became of a line: taken, passed over, or its attribute failed. */
export type AssignOutcome = 'taken' | 'ignored' | 'failed';

/**
 * Puts one attribute line into a draft, with the checks in the order of the daemon (reference 3.1). A line that the
 * daemon passes over with a warning is a fault where the profile fails closed.
 */
export function assign(draft: Draft, line: AttributeLine, context: Context): AssignOutcome {
  const attribute = findAttribute(line.name);
  const use = attribute === undefined ? null : useIn(attribute, draft.section);
  if (attribute === undefined || use === null) {
    const said =
      draft.section === 'service'
        ? `bad service attribute: ${line.name}`
        : `attribute: ${line.name} should not be in default section`;
    const message = attribute === undefined ? said + suggestion(line, draft, context) : said;
    // What holds nobody back is not missed in `defaults`; a name that nobody knows may have been meant to.
    const isHarmless = draft.section === 'defaults' && attribute?.restricts === false;
    return pass(draft, line, context, 'unknown-attribute', message, attribute?.name ?? null, isHarmless);
  }
  const { name, count } = attribute;
  if (!use.repeatable && draft.given.has(name)) {
    const message = `Service ${nameOf(draft)}: attribute already set: ${line.name}`;
    return pass(draft, line, context, 'repeated-attribute', message, name);
  }
  if (!use.repeatable && line.operator !== 'set') {
    const operator = operatorText(line.operator);
    const message = `Service ${nameOf(draft)}: operator '${operator}' cannot be used for attribute '${line.name}'`;
    return pass(draft, line, context, 'bad-operator', message, name);
  }
  if (count.min === count.max && line.values.length !== count.min) {
    const message = `attribute ${line.name} expects ${count.min} values and ${line.values.length} values were specified`;
    return pass(draft, line, context, 'wrong-value-count', message, name);
  }
  const assignment: Assignment = { attribute, line, draft, context };
  const before = draft.faults.length;
  const taken = hasEnoughValues(assignment) && (valueReaders[name]?.(assignment) ?? false);
  if (!taken) return fail(assignment);
  draft.given.add(name);
  recordOrigin(assignment);
  return draft.faults.length > before ? 'failed' : 'taken';
}

/** Where the words of the daemon are not all that people get: what an unknown name was most likely meant to be. */
function suggestion({ name }: AttributeLine, { section }: Draft, { quirks }: Context): string {
  const meant = quirks.has('ignored-lines') ? undefined : meantAttribute(name, section);
  return meant === undefined ? '' : `; did you mean '${meant}'?`;
}

/** The daemon warns and goes on without the line; a profile that fails closed loses the entry. */
function pass(
  draft: Draft,
  line: AttributeLine,
  context: Context,
  code: string,
  message: string,
  attribute: string | null,
  isHarmless = false,
): AssignOutcome {
  const isFault = !context.quirks.has('ignored-lines') && !isHarmless;
  const diagnostic = placedMessage(isFault ? 'ERROR' : 'WARNING', code, message, line.place);
  context.report(diagnostic);
  if (isFault) draft.faults.push({ attribute, diagnostic });
  return isFault ? 'failed' : 'ignored';
}

/** An open-ended list that needs at least one word loses the entry without it; the count check has passed it on. */
function hasEnoughValues(assignment: Assignment): boolean {
  if (assignment.line.values.length >= assignment.attribute.count.min) return true;
  const message = `attribute ${assignment.attribute.name} expects at least 1 value and none was given.`;
  return reject(assignment, 'no-value', message, undefined, 'WARNING');
}

function fail({ attribute, line, draft, context }: Assignment): AssignOutcome {
  if (draft.section === 'service' && context.quirks.has('shared-disable-bit')) {
    const message = `Error parsing attribute ${line.name} - DISABLING SERVICE`;
    const diagnostic = placedMessage('ERROR', 'attribute-error', message, line.place);
    context.report(diagnostic);
    draft.faults.push({ attribute: attribute.name, diagnostic });
    draft.isDisabled = true;
  }
  return 'failed';
}

function recordOrigin({ attribute, line, draft }: Assignment): void {
  const { name } = attribute;
  const from = draft.section === 'defaults' ? 'defaults' : 'entry';
  const { location } = line.place;
  if (line.operator === 'set' && draft.section === 'service') {
    draft.replaced.push(name);
    draft.origins.set(name, [{ from, location }]);
    return;
  }
  const note = line.operator === 'add' ? 'added by +=' : 'removed by -=';
  const origin: Origin = line.operator === 'set' ? { from, location } : { from, location, note };
  const origins = ownList(draft, draft.origins.get(name) ?? []);
  origins.push(origin);
  draft.origins.set(name, origins);
}
