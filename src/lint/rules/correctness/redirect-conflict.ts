import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import type { Analysis } from '../../analysis.ts';
import { isHostName } from '../../host.ts';
import { servicesInOrder } from '../../reading-order.ts';
import { defineRule, eachMessage, eachService, type Finding, type TreeFinding } from '../../rule.ts';
import { attributeOf, isSwitchedOff, rangeOf, type ServiceView } from '../../service-view.ts';
import type { SourceTree } from '../../source-tree.ts';
import { wordAt } from '../../value-advice.ts';
import { list, plural, quote } from '../../wording.ts';

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
  check: (context) => {
    const ofService = eachService(context, (view) => {
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
    });
    const ofTarget = eachMessage(context, (message, { attribute }) => {
      const word = message.code === 'bad-redirect-address' ? wordAt(message, attribute) : undefined;
      if (word === undefined) return;
      context.report({
        at: word,
        message: `${quote(word.text)} is no address, and no host of that name is known; 'redirect' takes a host and a port`,
        effect: 'turns-off',
        ...(isHostName(word.text) ? { severity: 'warning' } : {}),
      });
    });
    return {
      Entry: (entry) => {
        ofService.Entry?.(entry);
        ofTarget.Entry?.(entry);
      },
    };
  },
  checkTree: ({ tree, analysis, report }) => {
    for (const finding of circles(redirects(tree, analysis))) report(finding);
    const ordinary = servicesInOrder(tree).filter(({ source, entry }) => {
      const view = isSwitchedOff(entry) ? undefined : analysis.view(entry, source);
      return view !== undefined && !view.isRedirected && inherits(entry);
    });
    if (ordinary.length === 0) return;
    for (const { source, entry } of tree.entries) {
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

/** A redirect with a literal target, and the port that it listens on. */
interface Relay {
  readonly view: ServiceView;
  readonly port: number;
  readonly host: string;
  readonly targetPort: number;
}

function redirects(tree: SourceTree, analysis: Analysis): readonly Relay[] {
  return servicesInOrder(tree).flatMap(({ source, entry }): Relay[] => {
    const view = isSwitchedOff(entry) ? undefined : analysis.view(entry, source);
    const [host, port] = view === undefined ? [] : (attributeOf(view, 'redirect')?.values ?? []);
    if (view?.port == null || host === undefined || port === undefined) return [];
    return [{ view, port: view.port, host: host.text, targetPort: Number(port.text) }];
  });
}

/** Chains of redirects that come back to where they began, each reported where it begins. */
function* circles(relays: readonly Relay[]): Generator<TreeFinding> {
  const byPort = new Map<number, readonly Relay[]>();
  for (const relay of relays) byPort.set(relay.port, [...(byPort.get(relay.port) ?? []), relay]);
  /** Who takes the connections of a redirect; only literal addresses tell. */
  const listenerOf = ({ host, targetPort }: Relay) =>
    byPort
      .get(targetPort)
      ?.find(({ view }) => host === view.bind || (loopback.test(host) && view.bind === null));
  const told = new Set<Relay>();
  for (const first of relays) {
    const chain = [first];
    for (let next = listenerOf(first); next !== undefined; next = listenerOf(next)) {
      if (chain.includes(next)) break;
      chain.push(next);
    }
    const last = chain.at(-1) ?? first;
    const [, ...others] = chain;
    if (others.length === 0 || listenerOf(last) !== first || chain.some((each) => told.has(each))) {
      continue;
    }
    for (const each of chain) told.add(each);
    yield {
      source: first.view.source,
      at: rangeOf(first.view, 'redirect'),
      message: `this redirect leads back to its own port, through ${list(others.map(({ view }) => quote(view.name)))}`,
      effect: 'misreads',
      consequence: 'each connection opens another one, until the instances are used up',
      related: others.map(({ view }) => ({
        source: view.source,
        range: rangeOf(view, 'redirect'),
        message: 'goes on here',
      })),
    };
  }
}

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

/** Addresses that a service without `bind` listens on. */
const loopback = /^(?:127\.|localhost$|::1$|0\.0\.0\.0$|::$)/;

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
  const isLocal = loopback.test(host.text);
  if (isOwnPort && (host.text === view.bind || (isLocal && view.bind === null))) {
    return {
      at: rangeOf(view, 'redirect'),
      message: 'this redirect leads to its own port',
      effect: 'misreads',
      consequence: 'each connection opens another one, until the instances are used up',
    };
  }
  if (isHostName(host.text)) {
    return {
      at: host,
      message: `the name ${quote(host.text)} is resolved once, when the daemon starts`,
      severity: 'info',
      effect: 'none',
    };
  }
  return undefined;
}
