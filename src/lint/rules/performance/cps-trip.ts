import type { Service } from '../../../model/service.ts';
import { decidingLines } from '../../deciding-line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { nameServices } from '../../wording.ts';

const fewestPerSecond = 10;
const longestPause = 60;
/** Names of services that something asks again and again. */
const healthCheck = /chk|check|health|probe|status|ping|monitor|agent/i;

export const rule = defineRule({
  meta: {
    name: 'performance/cps-trip',
    summary: 'A connection rate with which ordinary use switches the service off',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Above the rate the whole service stops for everybody: `cps = 2 5` refused the third connection of a second and closed the port. The window is the rate in seconds, so it is no rate per second, and when the service comes back its count of instances starts anew.',
    references: [
      'parent_access_control in access.c',
      'https://github.com/xinetd-org/xinetd/issues/21',
      'https://github.com/openSUSE/xinetd/pull/24',
    ],
    examples: {
      bad: 'service clustercheck\n{\n\tcps = 2 60\n\t...\n}',
      good: 'service clustercheck\n{\n\tcps = 50 10\n\t...\n}',
    },
  },
  checkTree: ({ analysis, report }) => {
    for (const { source, at, services } of decidingLines(analysis, 'cps')) {
      const finding = trip(services);
      if (finding !== undefined) report({ source, at, ...finding });
    }
  },
});

/** Of services that one line gives the same rate. */
function trip(services: readonly Service[]): Omit<Finding, 'at'> | undefined {
  const cps = services[0]?.cps ?? null;
  if (cps === null) return { message: 'a rate of 0 switches the limit off' };
  if (cps.pause === 0)
    return { message: 'without a pause the service is never switched off, and the rate limits nothing' };
  const asked = services.filter((service) => isAskedOften(service) || service.perSource === null);
  if (asked.length === 0) return undefined;
  const names = nameServices(asked.map(({ name }) => name));
  if (cps.rate < fewestPerSecond) {
    return {
      message: `${cps.rate} connections a second are few: one client can switch ${names} off for everybody`,
    };
  }
  return cps.pause > longestPause
    ? {
        message: `when the rate is exceeded, ${names} ${asked.length === 1 ? 'is' : 'are'} off for everybody for ${cps.pause} seconds`,
      }
    : undefined;
}

function isAskedOften({ name, server }: Service): boolean {
  return healthCheck.test(name) || healthCheck.test(server?.split('/').at(-1) ?? '');
}
