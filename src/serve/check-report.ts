import type { Configuration } from '../model/service.ts';
import { findFaults } from './faults.ts';
import { findForbiddenSockets } from './forbidden-sockets.ts';
import { escapeLogText } from './log/escape.ts';
import { describeLocation } from './origin-of.ts';
import type { Preparation } from './prepare/prepare-service.ts';
import type { PreparedService } from './prepared-service.ts';

/** What `--check` says: one line for each service that would run, one for each reason why an entry would not. */
export interface CheckReport {
  readonly running: readonly string[];
  readonly refused: readonly string[];
  /** What is to be known besides, and holds nothing back. */
  readonly notes: readonly string[];
}

export function reportCheck(configuration: Configuration, preparation: Preparation): CheckReport {
  const { prepared } = preparation;
  const forbiddenSocketsOf = findForbiddenSockets();
  const forbidden = new Map(prepared.map((each) => [each, forbiddenSocketsOf(each)]));
  const running = prepared.filter((each) => forbidden.get(each)?.length === 0);
  const refused = [...findFaults(configuration, preparation).values(), ...[...forbidden.values()].flat()];
  const notes = running.length === 0 && refused.length === 0 ? [explainNothing(configuration)] : [];
  return {
    running: running.map(describeService),
    refused: refused.map(escapeLogText),
    notes: notes.map(escapeLogText),
  };
}

/** Why nothing would run though nothing is wrong. */
function explainNothing({ dropped }: Configuration): string {
  const off = dropped.flatMap(({ id, switchedOff }) =>
    switchedOff === null
      ? []
      : [`${id} is switched off: ${switchedOff.by} (${describeLocation(switchedOff.location)})`],
  );
  return `no service would run: ${off.length === 0 ? 'the configuration names none' : off.join('; ')}`;
}

function describeService({ service, endpoints }: PreparedService): string {
  const where = endpoints.map(({ label }) => label).join(', ');
  const kind = `${service.socketType}, ${service.wait ? 'wait' : 'no wait'}`;
  const program = [service.server, ...service.argv.slice(1)].join(' ');
  return escapeLogText(
    `${service.id}: ${where} (${kind}) as ${service.user?.name ?? 'the daemon'}: ${program}`,
  );
}
