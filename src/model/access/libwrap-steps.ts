import type { Service } from '../service.ts';
import { type AccessQuestion, type AccessStep, lineOf } from './step.ts';

/** hosts.allow and hosts.deny, which are not read here. */
export function libwrapSteps(service: Service, { hasLibwrapRules }: AccessQuestion): readonly AccessStep[] {
  if (service.flags.includes('NOLIBWRAP') || service.syntax !== 'block') return [];
  const location = lineOf(service, 'libwrap');
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
