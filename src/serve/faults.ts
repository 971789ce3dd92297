import type { Configuration, ModelDiagnostic } from '../model/service.ts';
import { describeLocation } from './origin-of.ts';
import type { Preparation } from './prepare/prepare-service.ts';
import { describeRefusal } from './prepare/refusal.ts';

/**
 * Everything for which an entry or a line does not count, as text with its place. The keys name no lines, so that two readings
 * of a file that has changed can be compared.
 */
export function findFaults(
  configuration: Configuration,
  { refusals }: Preparation,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  const errors = configuration.diagnostics.filter(
    ({ severity }) => severity === 'ERROR' || severity === 'CRITICAL',
  );
  const lost = configuration.dropped.filter(({ cause }) => cause === 'fault');
  for (const diagnostic of errors) faults.set(diagnostic.message, describeMessage(diagnostic));
  for (const { id, location, reasons } of lost) {
    const at = describeLocation(location);
    for (const { message } of reasons)
      faults.set(`${id}: ${message}`, `Service ${id} is not started: ${message} (${at})`);
  }
  for (const refusal of refusals) {
    faults.set(`${refusal.id}: ${refusal.attribute}: ${refusal.reason}`, describeRefusal(refusal));
  }
  return faults;
}

/** A message of the model with file and line as xinetd appends them. */
export function describeMessage({ message, file, line }: ModelDiagnostic): string {
  return `${message}${file === undefined ? '' : ` [file=${file}]`}${line === undefined ? '' : ` [line=${line}]`}`;
}
