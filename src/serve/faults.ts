import type { Configuration, DroppedEntry, ModelDiagnostic } from '../model/service.ts';
import { describeLocation } from './origin-of.ts';
import type { Preparation } from './prepare/prepare-service.ts';
import { describeRefusal, type Refusal } from './prepare/refusal.ts';

/**
 * Everything for which an entry or a line does not count, as text with its place. The keys name no lines, so that two readings
 * of a file that has changed can be compared.
 */
export function findFaults(
  configuration: Configuration,
  { refusals }: Preparation,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  const lost = configuration.dropped.filter(({ cause }) => cause === 'fault');
  // What costs an entry is told with the entry.
  const told = new Set(lost.flatMap(({ reasons }) => reasons.map(describeMessage)));
  for (const diagnostic of configuration.diagnostics) {
    const text = describeMessage(diagnostic);
    if (isFault(diagnostic) && !told.has(text)) faults.set(diagnostic.message, text);
  }
  for (const entry of lost) {
    for (const reason of entry.reasons)
      faults.set(`${entry.id}: ${reason.message}`, describeLost(entry, reason));
  }
  for (const refusal of refusals) {
    faults.set(keyOf(refusal), describeRefusal(refusal));
  }
  return faults;
}

/** The keys of faults that a reading has and the one before had not; what the machine asks for is nobody's slip of the pen. */
export function newFaults(
  faults: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
  { refusals }: Preparation,
): ReadonlySet<string> {
  const byHost = new Set(refusals.filter((refusal) => refusal.byHost).map(keyOf));
  return new Set([...faults.keys()].filter((key) => !before.has(key) && !byHost.has(key)));
}

function keyOf({ id, attribute, reason }: Refusal): string {
  return `${id}: ${attribute}: ${reason}`;
}

/** An entry that the reading of the text has dropped, with one of the reasons at its place. */
function describeLost({ id, location, attributes }: DroppedEntry, reason: ModelDiagnostic): string {
  const attribute = attributes.get(reason);
  const text = asOneLine(reason.message);
  const what = attribute === undefined ? text : `${attribute}: ${text}`;
  return `Service ${id} is not started: ${what} (${describeLocation(reason.location ?? location)})`;
}

/** Whether a message costs something. */
export function isFault({ severity }: ModelDiagnostic): boolean {
  return severity === 'ERROR' || severity === 'CRITICAL';
}

/** A message of the model with file and line as xinetd appends them. */
export function describeMessage({ message, file, line }: ModelDiagnostic): string {
  return `${asOneLine(message)}${file === undefined ? '' : ` [file=${file}]`}${line === undefined ? '' : ` [line=${line}]`}`;
}

/** One of xinetd's texts ends its own line. */
function asOneLine(message: string): string {
  return message.trimEnd();
}
