import type { Configuration, Service } from '../model/service.ts';
import { grownServices } from './reach.ts';

/** Names of services that come to harm, empty where it is the daemon; null where nothing does. */
export type Harm = ReadonlySet<string> | null;

/**
 * What a change does that nobody wants without having been asked: it lets somebody reach something, ends the daemon,
 * or loses a service that ran. A service that is switched off is not lost: that is what its text says.
 */
export function harmOf(before: Configuration, after: Configuration): Harm {
  if (isFatal(after) && !isFatal(before)) return new Set();
  // What can be reached now may have taken its port from what is lost.
  const grown = grownServices(before, after);
  const harmed = grown.length > 0 ? grown : lostServices(before, after);
  return harmed.length === 0 ? null : new Set(harmed.map(({ name }) => name));
}

export function doesHarm(before: Configuration, after: Configuration): boolean {
  return harmOf(before, after) !== null;
}

/** With status 1 the daemon ends for want of services, which is a matter of each of them. */
function isFatal({ accepted, exitCode }: Configuration): boolean {
  return !accepted && exitCode !== 1;
}

function lostServices(before: Configuration, after: Configuration): readonly Service[] {
  const running = new Set(after.services.map(keyOf));
  const lost = before.services.filter((service) => !running.has(keyOf(service)));
  if (lost.length === 0) return lost;
  const [offBefore, offAfter] = [switchedOff(before), switchedOff(after)];
  return lost.filter(({ name }) => (offAfter.get(name) ?? 0) <= (offBefore.get(name) ?? 0));
}

/** How many entries of each name are switched off. */
function switchedOff({ dropped }: Configuration): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name, cause } of dropped) {
    if (cause === 'disabled') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function keyOf({ name, protocol, port }: Service): string {
  return `${name} ${protocol} ${port}`;
}
