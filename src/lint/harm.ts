import type { Configuration } from '../model/service.ts';
import { reachGrows } from './reach.ts';

/**
 * Whether a change does what nobody wants without having been asked: it lets somebody reach something, ends the daemon,
 * or loses a service that ran. A service that is switched off is not lost: that is what its text says.
 */
export function doesHarm(before: Configuration, after: Configuration): boolean {
  return (isFatal(after) && !isFatal(before)) || losesService(before, after) || reachGrows(before, after);
}

/** With status 1 the daemon ends for want of services, which is a matter of each of them. */
function isFatal({ accepted, exitCode }: Configuration): boolean {
  return !accepted && exitCode !== 1;
}

function losesService(before: Configuration, after: Configuration): boolean {
  const running = new Set(after.services.map(keyOf));
  const lost = before.services.filter((service) => !running.has(keyOf(service)));
  return lost.some(({ name }) => {
    const dropped = after.dropped.filter((entry) => entry.name === name);
    return !dropped.some(({ cause }) => cause === 'disabled');
  });
}

function keyOf({ name, protocol, port }: Configuration['services'][number]): string {
  return `${name} ${protocol} ${port}`;
}
