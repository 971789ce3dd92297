import type { ActiveService } from './active-service.ts';
import type { Instance } from './instance.ts';

/** Compares the counters of services and the states of listeners with the instances that there are. */
export function findInconsistencies(
  services: readonly ActiveService[],
  instances: Iterable<Instance>,
): string[] {
  const counted = new Map<unknown, number>();
  const held = new Set<unknown>();
  for (const { owner, listener } of instances) {
    counted.set(owner, (counted.get(owner) ?? 0) + 1);
    if (listener !== null) held.add(listener);
  }
  return services.flatMap((service) => {
    const errors: string[] = [];
    const count = counted.get(service) ?? 0;
    if (count !== service.running) {
      errors.push(`service ${service.id} counts ${service.running} servers, ${count} are known`);
    }
    for (const listener of service.listeners) {
      const { state, fd, endpoint } = listener;
      const where = `listener of service ${service.id} on ${endpoint.label}`;
      if ((state === 'closed') !== (fd === -1)) errors.push(`${where} is ${state} with descriptor ${fd}`);
      if ((state === 'handed over') !== held.has(listener)) {
        errors.push(`${where} is ${state}, ${held.has(listener) ? 'a' : 'no'} server has its socket`);
      }
    }
    return errors;
  });
}
