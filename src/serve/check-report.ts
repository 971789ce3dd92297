import type { Configuration, ModelDiagnostic } from '../model/service.ts';
import { escapeLogText } from './log/escape.ts';
import { describeLocation } from './origin-of.ts';
import type { Preparation } from './prepare/prepare-service.ts';
import { describeRefusal } from './prepare/refusal.ts';
import type { PreparedService } from './prepared-service.ts';

/** What `--check` says: one line for each service that would run, one for each reason why an entry would not. */
export interface CheckReport {
  readonly running: readonly string[];
  readonly refused: readonly string[];
}

export function reportCheck(configuration: Configuration, preparation: Preparation): CheckReport {
  const lost = configuration.dropped.filter(({ cause }) => cause === 'fault');
  return {
    running: preparation.prepared.map(describeService),
    refused: [
      ...lost.flatMap(({ id, location, reasons }) =>
        reasons.map(
          (reason) => `Service ${id} is not started: ${describeReason(reason, describeLocation(location))}`,
        ),
      ),
      ...preparation.refusals.map(describeRefusal),
    ].map(escapeLogText),
  };
}

/** A message of the model and its place, that of the entry where the message has none. */
function describeReason({ message, location }: ModelDiagnostic, entry: string): string {
  return `${message} (${location === null ? entry : describeLocation(location)})`;
}

function describeService({ service, endpoints }: PreparedService): string {
  const where = endpoints.map(({ label }) => label).join(', ');
  const kind = `${service.socketType}, ${service.wait ? 'wait' : 'no wait'}`;
  const program = [service.server, ...service.argv.slice(1)].join(' ');
  return escapeLogText(
    `${service.id}: ${where} (${kind}) as ${service.user?.name ?? 'the daemon'}: ${program}`,
  );
}
