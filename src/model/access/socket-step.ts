import { familiesReaching, isAnyAddress, listenAddresses } from '../listening.ts';
import type { Service } from '../service.ts';
import { type AccessContext, type AccessQuestion, type AccessStep, lineOf } from './step.ts';

/** Whether a client reaches a socket of the service at all. */
export function socketStep(
  service: Service,
  { client, address }: AccessQuestion,
  { quirks, tables }: AccessContext,
): AccessStep {
  const location = lineOf(service, 'bind') ?? lineOf(service, 'flags') ?? service.location;
  const step = (outcome: AccessStep['outcome'], reason: string): AccessStep => ({
    check: 'socket',
    outcome,
    reason,
    location,
  });
  if (service.unixPath !== null) {
    return step('refuses', `it listens on ${service.unixPath}, which no network reaches`);
  }
  const addresses = listenAddresses(service, tables, quirks);
  const families = new Set(addresses.flatMap((each) => familiesReaching(each, service.v6only)));
  const where = `it listens on ${whereText(service, addresses)}, ${[...families].join(' and ') || 'no family'}`;
  const family = client.four === null ? 'IPv6' : 'IPv4';
  return families.has(family)
    ? step('passes', where)
    : step('refuses', `${where}: ${address} cannot connect`);
}

function whereText({ bind, bindAddress, family }: Service, addresses: readonly string[]): string {
  if (bind === null) return 'all addresses';
  if (addresses.every(isAnyAddress)) {
    const isLost = bindAddress === null || !isAnyAddress(bindAddress);
    return isLost ? `all addresses (${family} and bind ${bind} do not fit)` : `all addresses (${bind})`;
  }
  return bind;
}
