import { type AccessExplanation, explainAccess } from '../model/access/explain.ts';
import type { AccessQuestion, AccessStep } from '../model/access/step.ts';
import type { HostTables } from '../model/host-tables.ts';
import type { QuirkSet } from '../model/quirks.ts';
import type { Configuration, DroppedEntry, Service } from '../model/service.ts';
import type { Refusal } from '../serve/prepare/refusal.ts';
import { findTextRefusals } from '../serve/prepare/text-refusals.ts';

/** What is said about one service that goes by the name. */
export interface AccessAnswer extends AccessExplanation {
  readonly id: string;
}

/** Whose reading it is, and for which machine. */
export interface AnswerHost {
  readonly quirks: QuirkSet;
  readonly tables: HostTables;
}

/** An answer for each service and each entry with an id or a name; none when there is nothing of that name. */
export async function answersOf(
  configuration: Configuration,
  name: string,
  question: AccessQuestion,
  { quirks, tables }: AnswerHost,
): Promise<readonly AccessAnswer[]> {
  const { services, dropped } = configuration;
  const host = { tables, rules: { libwrapRules: question.hasLibwrapRules } };
  const answers: AccessAnswer[] = [];
  for (const service of services.filter((each) => goesBy(each, name))) {
    const refusals = quirks.has('all-features-served') ? [] : await findTextRefusals(service, host);
    const explanation =
      refusals.length > 0
        ? { verdict: 'refused' as const, steps: refusals.map(refusedStep) }
        : explainAccess(service, question, { quirks, tables, services });
    answers.push({ id: service.id, ...explanation });
  }
  answers.push(...dropped.filter((entry) => goesBy(entry, name)).map(notRunning));
  return answers.length > 0 ? answers : withoutDaemon(configuration, name);
}

function goesBy({ id, name }: Pick<Service, 'id' | 'name'>, text: string): boolean {
  return id === text || name === text;
}

function refusedStep({ attribute, reason, location }: Refusal): AccessStep {
  return notStarted(attribute === null ? reason : `${attribute}: ${reason}`, location);
}

/** An entry that does not run lets nobody in. */
function notRunning({ id, switchedOff, reasons, location }: DroppedEntry): AccessAnswer {
  const steps =
    switchedOff === null
      ? reasons.map((reason) => notStarted(reason.message, reason.location ?? location))
      : [notStarted(`it is switched off: ${switchedOff.by}`, switchedOff.location)];
  return { id, verdict: 'refused', steps };
}

/** A daemon that ends before it has read everything serves nobody, whatever may stand in the rest. */
function withoutDaemon({ accepted, diagnostics }: Configuration, name: string): AccessAnswer[] {
  const reason = diagnostics.at(-1);
  if (accepted || reason === undefined || reason.code === 'no-services') return [];
  return [{ id: name, verdict: 'refused', steps: [notStarted(reason.message, reason.location)] }];
}

function notStarted(reason: string, location: AccessStep['location']): AccessStep {
  return { check: 'socket', outcome: 'refuses', reason: `it does not run: ${reason.trimEnd()}`, location };
}
