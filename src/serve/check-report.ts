import type { Configuration } from '../model/service.ts';
import { findFaults } from './faults.ts';
import { escapeLogText } from './log/escape.ts';
import type { Preparation } from './prepare/prepare-service.ts';
import type { PreparedService } from './prepared-service.ts';

/** What `--check` says: one line for each service that would run, one for each reason why an entry would not. */
export interface CheckReport {
  readonly running: readonly string[];
  readonly refused: readonly string[];
}

export function reportCheck(configuration: Configuration, preparation: Preparation): CheckReport {
  return {
    running: preparation.prepared.map(describeService),
    refused: [...findFaults(configuration, preparation).values()].map(escapeLogText),
  };
}

function describeService({ service, endpoints }: PreparedService): string {
  const where = endpoints.map(({ label }) => label).join(', ');
  const kind = `${service.socketType}, ${service.wait ? 'wait' : 'no wait'}`;
  const program = [service.server, ...service.argv.slice(1)].join(' ');
  return escapeLogText(
    `${service.id}: ${where} (${kind}) as ${service.user?.name ?? 'the daemon'}: ${program}`,
  );
}
