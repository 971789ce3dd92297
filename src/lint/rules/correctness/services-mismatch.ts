import { rulesOf } from '../../../grammar/inetd/dialects.ts';
import type { HostTables } from '../../../model/host-tables.ts';
import { addedLines, hasOpen } from '../../added-lines.ts';
import { standardNames } from '../../host.ts';
import { defineRule, eachService, type Finding, type RuleContext } from '../../rule.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';
import { dialectOfTarget } from '../../target.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/services-mismatch',
    summary: 'A service that the services file does not have, or has with another port',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'opt-in',
    since: '0.1.0',
    why: "A service that is not UNLISTED is looked up by name and protocol: `Port not specified and can't find service`, `service/protocol combination not in /etc/services`, `Service x expects port n, not m`. A frequent reason for `0 available services`. Names are compared with case.",
    references: [
      'service_fill and check_entry in confparse.c',
      'https://github.com/openwrt/packages/pull/13504',
      'https://github.com/puppetlabs/puppetlabs-xinetd/pull/60',
    ],
    examples: {
      bad: 'service munin-lite\n{\n\tsocket_type = stream\n\twait = no\n\tuser = nobody\n\tserver = /usr/libexec/munin\n\tonly_from = 192.0.2.1\n\tflags = IPv4\n\tinstances = 5\n\tlog_type = SYSLOG daemon\n\tlog_on_success = HOST PID\n\tlog_on_failure = HOST\n}',
      good: 'type = UNLISTED\nprotocol = tcp\nport = 4949',
    },
    options: {
      knownServices: {
        default: {} as Readonly<Record<string, string>>,
        summary: 'Services that the machine has besides, as "name": "port/protocol"',
      },
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      const { host } = context.analysis;
      const finding = mismatch(
        view,
        host.hasFacts ? host.tables : standardNames(),
        context.options.knownServices,
        remedy(view, context),
      );
      if (finding === undefined) return;
      const where = host.hasFacts ? 'the services file' : 'the standard services table';
      context.report({
        at: finding.at,
        ...(finding.lacks === undefined ? {} : { lacks: finding.lacks }),
        message: finding.message(where),
        // Without the machine's own table nobody knows for sure.
        ...(host.hasFacts
          ? {}
          : {
              severity: 'warning',
              consequence:
                view.entry.syntax === 'block'
                  ? 'if the services file of the machine agrees, the daemon drops the entry'
                  : 'if the services file of the machine does not have it either, the daemon does not listen for it',
            }),
        ...addUnlisted(view),
      });
    }),
});

interface Mismatch {
  readonly at: Finding['at'];
  readonly lacks?: readonly string[];
  readonly message: (where: string) => string;
}

function mismatch(
  view: ServiceView,
  tables: HostTables,
  known: Readonly<Record<string, string>>,
  instead: string,
): Mismatch | undefined {
  const { name, protocol, types } = view;
  if (['UNLISTED', 'RPC', 'TCPMUX', 'TCPMUXPLUS'].some((type) => types.has(type))) return undefined;
  // A unix socket and the words of templates are no names.
  if (protocol === null || protocol === 'unix' || !/^\w[\w.+-]*$/.test(name)) return undefined;
  // A port by number needs no table in inetd.conf.
  if (view.entry.syntax !== 'block' && /^[0-9]+$/.test(name)) return undefined;
  if (known[name]?.endsWith(`/${protocol}`)) return undefined;
  const port = tables.servicePort(name, protocol);
  if (port !== undefined) {
    const isOther = view.entry.syntax === 'block' && view.port !== null && view.port !== port;
    return isOther
      ? {
          at: rangeOf(view, 'port'),
          message: (where) =>
            `${quote(name)} has port ${port} in ${where}, not ${view.port}; write 'type = UNLISTED' for another port`,
        }
      : undefined;
  }
  const others = ['tcp', 'udp'].filter(
    (each) => each !== protocol && tables.servicePort(name, each) !== undefined,
  );
  return {
    at: view.entry.name ?? view.entry,
    lacks: others.length > 0 ? ['type', 'protocol', 'socket_type'] : ['type'],
    message: (where) =>
      others.length > 0
        ? `${where} has ${quote(name)} for ${others.join()} only, not for ${protocol}`
        : `${quote(name)} is not in ${where}; ${instead}`,
  };
}

/** What to write where no table has the name: not every reader of inetd.conf takes a port by its number. */
function remedy(
  { entry, source }: ServiceView,
  { tree, target }: Pick<RuleContext, 'tree' | 'target'>,
): string {
  if (entry.syntax === 'block') return "give it a port and write 'type = UNLISTED'";
  const takesNumbers = source !== tree.inetdConf?.source && rulesOf(dialectOfTarget(target)).portNumbers;
  return takesNumbers ? 'write its port number instead' : 'add it to the services file of the machine';
}

/** Only where nothing else would be missing. */
function addUnlisted(view: ServiceView): Pick<Finding, 'fix'> {
  const { entry, source } = view;
  if (entry.syntax !== 'block' || !hasOpen(entry) || view.port === null || view.protocol === null) return {};
  if (entry.attributes.some(({ key }) => key === 'type')) return {};
  return {
    fix: {
      description: "Add 'type = UNLISTED'",
      edits: [addedLines(source, entry, ['type = UNLISTED'])],
    },
  };
}
