import type { Entry } from '../ast/nodes.ts';
import type { ModelDiagnostic } from '../model/service.ts';
import { type Effect, effectClauses } from './effect.ts';
import { describeClients, describeListener, type Fate } from './fate.ts';
import type { LineVerdict } from './judgement.ts';
import { badValueEffect } from './line.ts';
import type { Finding } from './rule.ts';
import { quote } from './wording.ts';

/** Attributes that decide who is let in: without them it matters for whom a service runs. */
const accessAttributes: ReadonlySet<string> = new Set([
  'only_from',
  'no_access',
  'access_times',
  'bind',
  'interface',
  'libwrap',
]);

export interface EffectPlace {
  readonly entry: Entry | undefined;
  /** Key of the attribute that the finding is about. */
  readonly attribute: string | undefined;
  /** What the daemon makes of its line; undefined where it is none, or the format has no model. */
  readonly line: () => LineVerdict | undefined;
  /** Whether something that the daemon logs is about its line. */
  readonly isOwn: (reason: ModelDiagnostic) => boolean;
  /** Asked for only where it is a part of the sentence: it takes the model. */
  readonly fate: () => Fate;
}

/**
 * What the daemon does with the text, and what comes of it for the service: whether it runs, and where it can be
 * reached then. Undefined where there is nothing to say.
 */
export function effectSentence(finding: Finding, usual: Effect, place: EffectPlace): string | undefined {
  const effect = observedEffect(finding, usual, place);
  const clause = finding.consequence ?? clauseOf(effect, finding, place);
  if (clause === null) return undefined;
  if (place.entry?.kind === 'defaults' && effect !== 'exits' && place.line()?.outcome === 'failed') {
    return `${clause}; ${effectClauses.exits}`;
  }
  if (place.entry?.kind !== 'service') return clause;
  const outcome = outcomeClause(effect, place);
  return outcome === undefined ? clause : `${clause}${outcome}`;
}

/** What a rule expects may not be what happens: a line that it calls misread is refused, an entry that it calls lost runs. */
function observedEffect(finding: Finding, usual: Effect, place: EffectPlace): Effect {
  const effect = finding.effect ?? usual;
  if (finding.consequence !== undefined || place.entry === undefined) return effect;
  switch (effect) {
    case 'drops-service':
      return losesEntry(place) ? effect : (lineEffect(place) ?? 'misreads');
    case 'drops-value':
    case 'misreads':
      return lineEffect(place) ?? effect;
    case 'ignores-line':
    case 'turns-off':
    case 'exits':
      // That it is taken says nothing: what is around it, or the machine, may refuse it all the same.
      return place.line()?.outcome === 'taken' && !isGlued(place) ? effect : (lineEffect(place) ?? effect);
    default:
      return effect;
  }
}

/** Whether what the daemon thinks of the line can be left aside: the entry is lost for it. */
function losesEntry({ entry, line, fate }: EffectPlace): boolean {
  if (entry?.kind === 'defaults') return line() === undefined;
  return fate().kind !== 'runs';
}

/** What the daemon does with the attribute line itself. */
function lineEffect({ entry, line: judged, fate, isOwn }: EffectPlace): Effect | undefined {
  const line = judged();
  if (entry === undefined || line === undefined) return undefined;
  if (isGlued({ line: judged })) return 'drops-service';
  switch (line.outcome) {
    case 'failed':
      return badValueEffect(entry);
    case 'ignored':
      return 'ignores-line';
    case 'taken': {
      if (line.messages.length > 0) return 'drops-value';
      const end = fate();
      return end.kind === 'dropped' && end.entry.reasons.some(isOwn) ? badValueEffect(entry) : 'misreads';
    }
  }
}

/** Without a blank in front of its operator a line is none for the daemon. */
function isGlued({ line }: Pick<EffectPlace, 'line'>): boolean {
  const { name, operator } = line()?.attribute ?? {};
  return name != null && name.end === operator?.start;
}

function clauseOf(effect: Effect, { at }: Finding, { entry }: EffectPlace): string | null {
  const isInDefaults = entry?.kind === 'defaults' && entry.open !== null && at.start >= entry.open.end;
  return effect === 'drops-service' && isInDefaults
    ? "the daemon stops reading 'defaults' here: what stands before counts, the rest is lost"
    : effectClauses[effect];
}

function outcomeClause(
  effect: Effect,
  { entry, attribute, line, isOwn, fate: fateOf }: EffectPlace,
): string | undefined {
  const fate = fateOf();
  const name = quote(entry?.name?.text ?? '');
  switch (fate.kind) {
    case 'runs': {
      const clients = accessAttributes.has(attribute ?? '') ? describeClients(fate.service) : undefined;
      const reach = `it ${describeListener(fate.service)}${clients === undefined ? '' : `, ${clients}`}`;
      if (attribute === 'disable' || attribute === 'disabled' || attribute === 'enabled') {
        return `, so ${name} keeps running: ${reach}`;
      }
      if (effect === 'ignores-line') return `, and ${name} runs without it: ${reach}`;
      if (effect === 'turns-off' && line()?.outcome !== 'failed') return undefined;
      if (effect === 'turns-off') return `, but ${name} runs all the same, without this: ${reach}`;
      if (effect === 'drops-value' || effect === 'misreads') return `; ${name} runs: ${reach}`;
      return undefined;
    }
    case 'dropped':
      if (fate.entry.cause === 'disabled') return `; ${name} is switched off`;
      return effect === 'none' ? undefined : `; ${name} does not run${reasonText(fate, isOwn)}`;
    case 'daemon-exits':
      return effect === 'exits'
        ? undefined
        : '; the daemon exits because of defaults before any service runs';
    case 'unread':
      return effect === 'drops-service' || effect === 'drops-next-section'
        ? undefined
        : `; the daemon does not come to ${name} at all`;
    case 'unknown':
      return undefined;
  }
}

/** What the log says about why, of several reasons the one that the finding is about. */
function reasonText(
  { entry: { reasons } }: Extract<Fate, { kind: 'dropped' }>,
  isOwn: EffectPlace['isOwn'],
): string {
  const reason = (reasons.findLast(isOwn) ?? reasons.at(-1))?.message.trim();
  return reason === undefined ? '' : ` (the log says: ${reason})`;
}
