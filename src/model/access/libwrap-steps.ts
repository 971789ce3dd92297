import { baseName } from '../../text/base-name.ts';
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
  const reason = rulesAskedAbout(libwrapName(service));
  return [{ check: 'libwrap', outcome: 'depends', reason, location }];
}

/** tcpd in front of a server: the daemon starts it, and it asks the same files before it becomes that server. */
export function tcpdSteps(service: Service, { hasLibwrapRules }: AccessQuestion): readonly AccessStep[] {
  const { server } = service;
  if (server === null || baseName(server) !== 'tcpd' || !hasLibwrapRules) return [];
  const reason = `the server is tcpd: ${rulesAskedAbout(nameToTcpd(service, server))}`;
  return [{ check: 'tcpd', outcome: 'depends', reason, location: lineOf(service, 'server') }];
}

function rulesAskedAbout(name: string): string {
  return `hosts.allow and hosts.deny hold rules and are asked about ${name}; "tcpdmatch" knows their answer`;
}

/** tcpd looks at argv[0]: of an absolute path the last part, any other word as it stands. */
function nameToTcpd({ argv }: Service, server: string): string {
  const [argv0 = server] = argv;
  return argv0.startsWith('/') ? baseName(argv0) : argv0;
}

/** The daemon name in hosts.allow (runtime 10). */
export function libwrapName({ libwrap, name, argv, server, flags }: Service): string {
  if (libwrap !== null) return libwrap;
  if (server === null) return name;
  return baseName(flags.includes('NAMEINARGS') ? (argv[0] ?? server) : server);
}
