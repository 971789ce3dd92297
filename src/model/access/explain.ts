import type { Service } from '../service.ts';
import { addressStep } from './address-step.ts';
import { libwrapSteps, tcpdSteps } from './libwrap-steps.ts';
import { countSteps, loadSteps, rateSteps, timeSteps } from './limit-steps.ts';
import { socketStep } from './socket-step.ts';
import { type AccessContext, type AccessQuestion, type AccessStep, lineOf } from './step.ts';
import { findAcceptors, isBehindTcpmux, nameStep, unreachedStep } from './tcpmux.ts';

/** Whether a client gets in, with every check in the order in which they are made. */
export interface AccessExplanation {
  readonly verdict: 'allowed' | 'refused' | 'unknown';
  readonly steps: readonly AccessStep[];
}

/**
 * Says whether a service lets a client in. Checks that depend on what is running count as passed for the verdict, unless
 * their limit is 0.
 */
export function explainAccess(
  service: Service,
  question: AccessQuestion,
  context: AccessContext,
): AccessExplanation {
  if (!isBehindTcpmux(service)) return explain(ownSteps(service, question, context));
  const ways = findAcceptors(context.services).map((acceptor) =>
    explain(stepsThrough(acceptor, service, question, context)),
  );
  const [best = explain([unreachedStep(service)])] = ways.toSorted(
    (a, b) => ranks[a.verdict] - ranks[b.verdict],
  );
  return best;
}

const ranks = { allowed: 0, unknown: 1, refused: 2 };

/** The answer that follows from the steps, which end where one refuses. */
function explain(steps: readonly AccessStep[]): AccessExplanation {
  const refusal = steps.findIndex((step) => step.outcome === 'refuses');
  if (refusal !== -1) return { verdict: 'refused', steps: steps.slice(0, refusal + 1) };
  const isUnknown = steps.some(({ check, outcome }) => outcome === 'depends' && decisive.has(check));
  return { verdict: isUnknown ? 'unknown' : 'allowed', steps };
}

/** Checks without whose answer there is no verdict. */
const decisive: ReadonlySet<string> = new Set(['access_times', 'address', 'libwrap', 'tcpd']);

function ownSteps(service: Service, question: AccessQuestion, context: AccessContext): AccessStep[] {
  const { quirks } = context;
  const socket = socketStep(service, question, context);
  const times = timeSteps(service, question);
  const rates = rateSteps(service);
  const loads = loadSteps(service);
  const counts = countSteps(service);
  const address = addressStep(service, service, question, quirks);
  const rest = [...libwrapSteps(service, question), ...tcpdSteps(service, question)];
  return quirks.has('limits-before-address')
    ? [socket, ...rates, ...loads, ...times, ...counts, ...sensorSteps(service), address, ...rest]
    : [socket, address, ...times, ...rates, ...loads, ...counts, ...sensorSteps(service), ...rest];
}

/**
 * The way through tcpmux: all that stands before its server, then of the service that is asked for only what the daemon
 * looks at where it would start the server.
 */
function stepsThrough(
  acceptor: Service,
  service: Service,
  question: AccessQuestion,
  context: AccessContext,
): AccessStep[] {
  const toTcpmux = ownSteps(acceptor, question, context);
  return [
    ...toTcpmux.map((step) => ({ ...step, reason: `${acceptor.id}: ${step.reason}` })),
    nameStep(service, context.services),
    ...sensorSteps(service),
    addressStep(service, acceptor, question, context.quirks),
    ...libwrapSteps(service, question),
    ...tcpdSteps(service, question),
  ];
}

function sensorSteps(service: Service): readonly AccessStep[] {
  if (!service.flags.includes('SENSOR')) return [];
  const location = lineOf(service, 'flags');
  return [{ check: 'sensor', outcome: 'refuses', reason: 'it is a trap: nobody is served', location }];
}
