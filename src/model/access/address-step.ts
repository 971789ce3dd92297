import type { QuirkSet } from '../quirks.ts';
import type { AccessItem, Service } from '../service.ts';
import { type AddressDecision, AddressRules } from './address-rules.ts';
import { asMapped, asUnmapped, type ClientAddress } from './client-address.ts';
import { type AccessQuestion, type AccessStep, lineOf } from './step.ts';

/** `only_from` and `no_access`. `acceptor`: the service on whose socket the client comes. */
export function addressStep(
  service: Service,
  acceptor: Service,
  question: AccessQuestion,
  quirks: QuirkSet,
): AccessStep {
  const rules = new AddressRules(service, quirks);
  const location = lineOf(service, 'only_from') ?? lineOf(service, 'no_access');
  if (rules.isOpen) {
    return { check: 'address', outcome: 'passes', reason: 'no list: everyone is served', location };
  }
  // Without a connection that the daemon has accepted there is no address to look at.
  if (acceptor.socketType === 'stream' && acceptor.wait && !acceptor.types.includes('INTERNAL')) {
    const outcome = service.onlyFrom === null ? 'passes' : 'refuses';
    const reason = 'the server accepts itself: the address is not known';
    return { check: 'address', outcome, reason, location };
  }
  const client = clientSeenBy(acceptor, question.client, quirks);
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

function clientSeenBy({ family }: Service, client: ClientAddress, quirks: QuirkSet): ClientAddress {
  return family === 'IPv6' && quirks.has('mapped-clients') ? asMapped(client) : asUnmapped(client);
}

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
