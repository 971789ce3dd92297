import type { Service } from '../../../model/service.ts';
import { baseName } from '../../../text/base-name.ts';
import { reachedFamilies, wholeFamilies } from '../../client-families.ts';
import { defineRule, eachRunning } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import type { Target } from '../../target.ts';
import { quote } from '../../wording.ts';
import { isLoopbackOnly } from './loopback.ts';

export const rule = defineRule({
  meta: {
    name: 'security/no-access-control',
    summary: 'A service that everybody can reach',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'Without `only_from` and `no_access`, in the entry or inherited, a service is open to all (xinetd.conf(5), note 2). Deployments get asked to restrict their services, and packagers want loopback by default. When the target says that the daemon uses libwrap, hosts.allow may protect the service, and nothing is reported.',
    items: ['STIG GEN006580'],
    references: [
      'xinetd.conf(5), note 2',
      'https://github.com/ome/infrastructure/issues/110',
      'https://github.com/Checkmk/checkmk/pull/526',
    ],
    examples: {
      bad: 'service check_mk\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 6556\n\twait = no\n\tuser = checkmk\n\tserver = /usr/bin/check_mk_agent\n\tinstances = 5\n\tlog_type = SYSLOG daemon\n\tlog_on_success = HOST PID\n\tlog_on_failure = HOST\n}',
      good: 'only_from = 192.0.2.10',
    },
    options: {
      firewalled: {
        default: false as boolean,
        summary: 'A firewall in front restricts access: report as info',
      },
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      // The main file, or hosts.allow for inetd.conf, may restrict what a part alone does not.
      if (service === null ? !isUnwrapped(view.server, context.target) : context.tree.isPartial) return;
      if (isLoopbackOnly(view, service) || (view.entry.syntax !== 'block' && isTcpd(view.server))) return;
      const isInfo = context.options.firewalled ? ({ severity: 'info' } as const) : {};
      const openTo = service === null ? undefined : openOnPurpose(service, view, context.target);
      if (openTo !== undefined) {
        context.report({
          at: rangeOf(view, 'only_from'),
          message: `${quote(view.name)} is open to ${openTo}, as 'only_from' says`,
          severity: 'info',
        });
        return;
      }
      if (service !== null && !isUnrestricted(service, context.target)) return;
      context.report({
        at: view.entry.name ?? view.entry,
        lacks: ['only_from', 'no_access'],
        message: view.isRedirected
          ? `${quote(view.name)} relays for everybody; restrict it with 'only_from'`
          : `everybody can reach ${quote(view.name)}; restrict it${view.entry.syntax === 'block' ? " with 'only_from'" : ' with tcpd'}, or bind it to an address`,
        ...isInfo,
      });
    }),
});

function isUnrestricted({ onlyFrom, noAccess, flags, types }: Service, target: Target): boolean {
  if (onlyFrom !== null || noAccess !== null || flags.includes('SENSOR')) return false;
  if (types.includes('TCPMUX') || types.includes('TCPMUXPLUS')) return false;
  return flags.includes('NOLIBWRAP') || target.libwrap !== true;
}

/** inetd itself restricts nothing; tcpd in front of the program, or libwrap in the daemon, does. */
function isUnwrapped(server: string | null, { libwrap }: Target): boolean {
  return server !== null && libwrap === false && !isTcpd(server);
}

function isTcpd(server: string | null): boolean {
  return server !== null && baseName(server) === 'tcpd';
}

/** Whom 'only_from' lets in, where that is everybody who comes over a family. */
function openOnPurpose(service: Service, view: ServiceView, target: Target): string | undefined {
  if (service.onlyFrom === null || (service.noAccess?.length ?? 0) > 0) return undefined;
  const { families, socket } = reachedFamilies(service, view, target);
  const whole = wholeFamilies(service.onlyFrom, socket);
  // Behind the name of a host may be addresses of either family.
  const reached = families.length === 0 ? (['IPv4', 'IPv6'] as const) : families;
  const open = reached.filter((family) => whole.has(family));
  if (open.length === 0) return undefined;
  return open.length === reached.length ? 'everybody' : `everybody over ${open.join(' and ')}`;
}
