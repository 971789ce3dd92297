import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import { entriesInOrder, servicesInOrder } from '../../reading-order.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, isSwitchedOff, rangeOf, type ServiceView } from '../../service-view.ts';
import { plural, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/redirect-conflict',
    summary:
      'A redirect with what it cannot have, one that leads back to itself, and TRAFFIC without a redirect',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'varies',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'A redirect needs `socket_type = stream` and `wait = no`, and replaces `server` without a message. One to its own port loops until the instances are used up. TRAFFIC is for redirects alone: in `defaults` it makes every ordinary service fail (`should not have TRAFFIC flag set since its not redirected`).',
    references: ['check_entry in confparse.c'],
    examples: {
      bad: 'defaults\n{\n\tlog_on_success = HOST TRAFFIC\n}\nservice web\n{\n\tlog_on_success += PID\n\t...\n}',
      good: 'service fwd\n{\n\tredirect = 192.0.2.1 80\n\tlog_on_success = HOST PID TRAFFIC\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = nobody\n\tonly_from = 192.0.2.0/24\n\tinstances = 5\n\tlog_type = SYSLOG daemon\n\tlog_on_failure = HOST\n}',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.entry.syntax !== 'block') return;
      if (view.isRedirected) for (const finding of conflicts(view)) context.report(finding);
      else {
        const at = trafficIn(view.entry.attributes);
        if (at !== undefined) {
          context.report({
            at,
            message: "TRAFFIC counts what a redirect passes on; this service has no 'redirect'",
            effect: 'drops-service',
          });
        }
      }
    }),
  checkTree: ({ tree, analysis, report }) => {
    const ordinary = servicesInOrder(tree).filter(({ source, entry }) => {
      const view = isSwitchedOff(entry) ? undefined : analysis.view(entry, source);
      return view !== undefined && !view.isRedirected && inherits(entry);
    });
    if (ordinary.length === 0) return;
    for (const { source, entry } of entriesInOrder(tree)) {
      const at = entry.kind === 'defaults' ? trafficIn(entry.attributes) : undefined;
      if (at === undefined) continue;
      report({
        source,
        at,
        message: `TRAFFIC in 'defaults' is for redirects alone, and ${plural(ordinary.length, 'service')} ${ordinary.length === 1 ? 'is' : 'are'} none; write it into the redirected services`,
        consequence: 'the daemon drops every service that inherits it and is not redirected',
        related: ordinary.slice(0, 5).map((each) => ({
          source: each.source,
          range: each.entry.name ?? each.entry,
          message: 'dropped because of it',
        })),
      });
    }
  },
});

function trafficIn(attributes: readonly Attribute[]) {
  return attributes
    .filter(({ key, operator }) => key === 'log_on_success' && operator?.operator !== 'remove')
    .flatMap(({ values }) => values)
    .find(({ text }) => text.toUpperCase() === 'TRAFFIC');
}

/** A service with a `log_on_success =` of its own starts from nothing. */
function inherits(entry: BlockEntry): boolean {
  return !entry.attributes.some(
    ({ key, operator }) => key === 'log_on_success' && operator?.operator === 'set',
  );
}

function* conflicts(view: ServiceView): Generator<Finding> {
  for (const key of ['server', 'server_args']) {
    if (attributeOf(view, key) === undefined) continue;
    yield {
      at: rangeOf(view, key),
      message: `'${key}' means nothing beside 'redirect'; remove one of them`,
      severity: 'warning',
      effect: 'misreads',
      consequence: 'the daemon passes connections on, and never starts a program',
    };
  }
  if (view.socketType !== null && view.socketType !== 'stream') {
    yield {
      at: rangeOf(view, 'socket_type'),
      message: `a redirect needs 'stream', not ${quote(view.socketType)}`,
      effect: 'drops-service',
    };
  }
  if (view.wait === true)
    yield { at: rangeOf(view, 'wait'), message: "a redirect needs 'wait = no'", effect: 'drops-service' };
  if (view.flags.has('NAMEINARGS')) {
    yield { at: rangeOf(view, 'flags'), message: 'a redirect has no program that NAMEINARGS could name' };
  }
  const loop = selfRedirect(view);
  if (loop !== undefined) yield loop;
}

function selfRedirect(view: ServiceView): Finding | undefined {
  const [host, port] = attributeOf(view, 'redirect')?.values ?? [];
  if (host === undefined || port === undefined) return undefined;
  const isOwnPort = view.port !== null && Number(port.text) === view.port;
  const isLocal = /^(?:127\.|localhost$|::1$|0\.0\.0\.0$|::$)/.test(host.text);
  if (isOwnPort && (host.text === view.bind || (isLocal && view.bind === null))) {
    return {
      at: rangeOf(view, 'redirect'),
      message: 'this redirect leads to its own port',
      effect: 'misreads',
      consequence: 'each connection opens another one, until the instances are used up',
    };
  }
  if (/[a-z]/i.test(host.text) && !host.text.includes(':')) {
    return {
      at: host,
      message: `the name ${quote(host.text)} is resolved once, when the daemon starts`,
      severity: 'info',
      effect: 'none',
    };
  }
  return undefined;
}
