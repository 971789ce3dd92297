import { lowerAscii } from '../../text/lower-ascii.ts';
import type { Service } from '../service.ts';
import { type AccessStep, lineOf } from './step.ts';

/** The name by which the daemon knows its built-in service. */
const builtIn = 'tcpmux';

/** Whether a service has no socket and is reached by its name through tcpmux. */
export function isBehindTcpmux({ types }: Service): boolean {
  return types.includes('TCPMUX') || types.includes('TCPMUXPLUS');
}

/** The services on whose sockets the clients of services behind tcpmux come. */
export function findAcceptors(services: readonly Service[]): readonly Service[] {
  return services.filter(({ name, types }) => name === builtIn && types.includes('INTERNAL'));
}

/** tcpmux looks for a name without case, and takes the first service that has it. */
export function nameStep(service: Service, services: readonly Service[]): AccessStep {
  const name = lowerAscii(service.name);
  const first = services.find((each) => isBehindTcpmux(each) && lowerAscii(each.name) === name);
  const location = lineOf(service, 'type') ?? service.location;
  if (first === undefined || first === service) {
    return { check: 'tcpmux', outcome: 'passes', reason: `tcpmux knows it as ${service.name}`, location };
  }
  const reason = `tcpmux finds ${first.id} under the name ${service.name}`;
  return { check: 'tcpmux', outcome: 'refuses', reason, location };
}

/** Where tcpmux itself does not run. */
export function unreachedStep(service: Service): AccessStep {
  const location = lineOf(service, 'type') ?? service.location;
  return {
    check: 'tcpmux',
    outcome: 'refuses',
    reason: 'no tcpmux runs through which it is reached',
    location,
  };
}
