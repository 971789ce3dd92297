import type { Location } from '../../diagnostics/diagnostic.ts';
import type { QuirkSet } from '../quirks.ts';
import type { AccessItem, Service } from '../service.ts';
import { type AddressDecision, AddressRules } from './address-rules.ts';
import { asMapped, type ClientAddress } from './client-address.ts';

/** One check on the way of a client to a server. */
export interface AccessStep {
  readonly check:
    | 'socket'
    | 'cps'
    | 'max_load'
    | 'access_times'
    | 'instances'
    | 'per_source'
    | 'sensor'
    | 'address'
    | 'libwrap';
  /** `depends`: on what no configuration says. */
  readonly outcome: 'passes' | 'refuses' | 'depends';
  readonly reason: string;
  readonly location: Location | null;
}

/** Whether a client gets in, with every check in the order in which the daemon makes them. */
export interface AccessExplanation {
  readonly verdict: 'allowed' | 'refused' | 'unknown';
  readonly steps: readonly AccessStep[];
}

export interface AccessQuestion {
  readonly client: ClientAddress;
  /** Numeric, for people. */
  readonly address: string;
  /** The client's name, when it is known. */
  readonly host: string | undefined;
  /** Minutes since midnight, local time of the server. */
  readonly minute: number | undefined;
  /** hosts.allow or hosts.deny hold rules. */
  readonly hasLibwrapRules: boolean;
}

/**
 * Says whether a service lets a client in. Checks that depend on what is running count as passed for the verdict, unless
 * their limit is 0.
 */
export function explainAccess(
  service: Service,
  question: AccessQuestion,
  quirks: QuirkSet,
): AccessExplanation {
  const steps = [
    socketStep(service, question),
    ...limitSteps(service),
    ...timeStep(service, question),
    ...countSteps(service),
    ...sensorStep(service),
    addressStep(service, question, quirks),
    ...libwrapStep(service, question),
  ];
  const refusal = steps.findIndex((step) => step.outcome === 'refuses');
  if (refusal !== -1) return { verdict: 'refused', steps: steps.slice(0, refusal + 1) };
  const isUnknown = steps.some(({ check, outcome }) => outcome === 'depends' && decisive.has(check));
  return { verdict: isUnknown ? 'unknown' : 'allowed', steps };
}

/** Checks without whose answer there is no verdict. */
const decisive: ReadonlySet<string> = new Set(['access_times', 'address', 'libwrap']);

function socketStep(service: Service, { client, address }: AccessQuestion): AccessStep {
  const location = originOf(service, 'bind') ?? originOf(service, 'flags') ?? service.location;
  const where = service.unixPath ?? `${service.bind ?? 'all addresses'}, ${familyText(service)}`;
  const step = (outcome: AccessStep['outcome'], reason: string): AccessStep => ({
    check: 'socket',
    outcome,
    reason,
    location,
  });
  if (service.unixPath !== null) return step('refuses', `it listens on ${where}, which no network reaches`);
  const isFour = client.four !== null;
  const takesFour =
    service.family === 'IPv4' || (!service.v6only && service.bindAddress === null) || isMappedBind(service);
  const fits = isFour ? takesFour : service.family === 'IPv6' && !isMappedBind(service);
  return fits
    ? step('passes', `it listens on ${where}`)
    : step('refuses', `it listens on ${where}: ${address} cannot connect`);
}

function familyText({ family, v6only, bindAddress }: Service): string {
  if (family === 'IPv4') return 'IPv4';
  return v6only || bindAddress !== null ? 'IPv6' : 'IPv6 and IPv4';
}

function isMappedBind({ bindAddress }: Service): boolean {
  return bindAddress?.startsWith('::ffff:') === true;
}

function limitSteps(service: Service): readonly AccessStep[] {
  const steps: AccessStep[] = [];
  if (service.cps !== null) {
    const { rate, pause } = service.cps;
    const reason = `not while there are more than ${rate} connections a second, nor for ${pause} s after`;
    steps.push({ check: 'cps', outcome: 'depends', reason, location: originOf(service, 'cps') });
  }
  if (service.maxLoad !== null) {
    const reason = `not while the load is ${service.maxLoad} or more`;
    const outcome = service.maxLoad <= 0 ? 'refuses' : 'depends';
    steps.push({ check: 'max_load', outcome, reason, location: originOf(service, 'max_load') });
  }
  return steps;
}

function timeStep(service: Service, { minute }: AccessQuestion): readonly AccessStep[] {
  const { accessTimes } = service;
  if (accessTimes === null) return [];
  const location = originOf(service, 'access_times');
  const times = accessTimes.map(({ start, end }) => `${clock(start)}-${clock(end)}`).join(' ');
  if (minute === undefined) {
    return [{ check: 'access_times', outcome: 'depends', reason: `only at ${times}`, location }];
  }
  const isOpen = accessTimes.some(({ start, end }) => start <= minute && minute <= end);
  const reason = `${clock(minute)} is ${isOpen ? 'within' : 'outside of'} ${times}`;
  return [{ check: 'access_times', outcome: isOpen ? 'passes' : 'refuses', reason, location }];
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function countSteps(service: Service): readonly AccessStep[] {
  const counts = [
    { check: 'instances', limit: service.instances, of: 'the service' },
    { check: 'per_source', limit: service.perSource, of: 'the address' },
  ] as const;
  return counts.flatMap(({ check, limit, of }): readonly AccessStep[] => {
    if (limit === null) return [];
    const location = originOf(service, check);
    if (limit === 0) return [{ check, outcome: 'refuses', reason: 'the limit is 0', location }];
    return [{ check, outcome: 'depends', reason: `not while ${limit} servers run for ${of}`, location }];
  });
}

function sensorStep(service: Service): readonly AccessStep[] {
  if (!service.flags.includes('SENSOR')) return [];
  const location = originOf(service, 'flags');
  return [{ check: 'sensor', outcome: 'refuses', reason: 'it is a trap: nobody is served', location }];
}

function addressStep(service: Service, question: AccessQuestion, quirks: QuirkSet): AccessStep {
  const rules = new AddressRules(service, quirks);
  const location = originOf(service, 'only_from') ?? originOf(service, 'no_access');
  if (rules.isOpen) {
    return { check: 'address', outcome: 'passes', reason: 'no list: everyone is served', location };
  }
  // Without a connection that the daemon has accepted there is no address to look at.
  if (service.socketType === 'stream' && service.wait && !service.types.includes('INTERNAL')) {
    const isRefused = service.onlyFrom !== null;
    const outcome = isRefused ? 'refuses' : 'passes';
    return {
      check: 'address',
      outcome,
      reason: 'the server accepts itself: the address is not known',
      location,
    };
  }
  const isMapped = service.family === 'IPv6' && question.client.four !== null;
  const client = isMapped && quirks.has('mapped-clients') ? asMapped(question.client) : question.client;
  const decision = rules.decide(client, question.host);
  const deciding =
    decision.verdict === 'allowed' ? decision.onlyFrom : (decision.noAccess ?? decision.onlyFrom);
  return {
    check: 'address',
    outcome: outcomes[decision.verdict],
    reason: addressReason(service, decision, question),
    location: deciding?.item.location ?? location,
  };
}

const outcomes = { allowed: 'passes', refused: 'refuses', 'needs-name': 'depends' } as const;

function addressReason(
  service: Service,
  { verdict, onlyFrom, noAccess }: AddressDecision,
  question: AccessQuestion,
): string {
  const who = question.host ?? question.address;
  if (verdict === 'needs-name') return 'a list holds names: without the name of the client nobody can say';
  if (onlyFrom !== null && noAccess !== null) {
    const admits = `only_from ${wordOf(onlyFrom.item)}`;
    const refuses = `no_access ${wordOf(noAccess.item)}`;
    return verdict === 'allowed'
      ? `${admits} fits ${who} better than ${refuses}`
      : `${refuses} fits ${who}, and ${admits} does not fit better`;
  }
  if (noAccess !== null) return `no_access ${wordOf(noAccess.item)} fits ${who}`;
  if (onlyFrom !== null) return `only_from ${wordOf(onlyFrom.item)} fits ${who}`;
  if (verdict === 'allowed') return `no_access has no word for ${who}`;
  return service.onlyFrom?.length === 0
    ? 'only_from is empty: nobody is served'
    : `only_from has no word for ${who}`;
}

function wordOf({ pattern }: AccessItem): string {
  return pattern.text;
}

function libwrapStep(service: Service, { hasLibwrapRules }: AccessQuestion): readonly AccessStep[] {
  if (service.flags.includes('NOLIBWRAP') || service.syntax !== 'block') return [];
  const location = originOf(service, 'libwrap');
  if (!hasLibwrapRules) {
    const reason = 'hosts.allow and hosts.deny hold no rules';
    return [{ check: 'libwrap', outcome: 'passes', reason, location }];
  }
  const name = service.libwrap ?? libwrapName(service);
  const reason = `hosts.allow and hosts.deny hold rules and are asked about ${name}; "tcpdmatch" knows their answer`;
  return [{ check: 'libwrap', outcome: 'depends', reason, location }];
}

/** The daemon name in hosts.allow (runtime 10). */
function libwrapName({ name, argv, server, flags }: Service): string {
  if (server === null) return name;
  const program = flags.includes('NAMEINARGS') ? (argv[0] ?? server) : server;
  return program.slice(program.lastIndexOf('/') + 1);
}

function originOf(service: Service, attribute: string): Location | null {
  return service.origins[attribute]?.findLast((origin) => origin.location !== null)?.location ?? null;
}
