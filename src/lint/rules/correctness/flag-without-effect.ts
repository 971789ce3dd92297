import { findAttribute } from '../../../catalog/catalogue.ts';
import { removeLines, removeWord } from '../../line.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

const identPort = 113;

export const rule = defineRule({
  meta: {
    name: 'correctness/flag-without-effect',
    summary: 'A flag or attribute that does nothing for this kind of service',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Each is a restriction of the manual or of the source: KEEPALIVE and NODELAY are for TCP, INTERCEPT for servers with `wait = yes` (`Multi-threaded services cannot be intercepted`, and the service runs unprotected), SENSOR without `deny_time` only logs, limits of a process need a process, and banners need a connection. With `wait = yes` a stream has none yet: `banner` and `banner_success` kept the program from being started, fifty times until cps switched the service off.',
    references: ['xinetd.conf(5)', 'check_entry in confparse.c'],
    examples: {
      bad: 'flags = KEEPALIVE IPv4\nsocket_type = dgram\nprotocol = udp\nwait = yes',
      good: 'flags = IPv4\nsocket_type = dgram\nprotocol = udp\nwait = yes',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.entry.syntax !== 'block') return;
      const { tables } = context.analysis.host;
      const port = view.port ?? tables.servicePort(view.name, 'tcp');
      for (const finding of findings(view)) context.report(finding);
      if (port === identPort) for (const finding of identFindings(view)) context.report(finding);
    }),
});

function* findings(view: ServiceView): Generator<Finding> {
  const { flags, types, protocol, wait, socketType } = view;
  const isInternal = types.has('INTERNAL');
  const isTcp = protocol === null || protocol.toLowerCase() === 'tcp';
  for (const flag of ['KEEPALIVE', 'NODELAY']) {
    if (flags.has(flag) && !isTcp) yield* flagFinding(view, flag, `${flag} does something for TCP only`);
  }
  if (flags.has('INTERCEPT') && (isInternal || wait === false)) {
    const why = isInternal ? 'built-in services' : "services with 'wait = no'";
    yield* flagFinding(view, 'INTERCEPT', `${why} cannot be intercepted`, {
      consequence: 'the daemon takes the flag away with an error in the log, and serves without it',
    });
  } else if (flags.has('INTERCEPT') && (socketType === 'raw' || socketType === 'seqpacket')) {
    yield* flagFinding(
      view,
      'INTERCEPT',
      `only stream and dgram services can be intercepted, not ${socketType}`,
      {
        effect: 'drops-service',
      },
    );
  }
  if (flags.has('INTERCEPT') && !isInternal && wait === true && /^(?:stream|dgram)$/.test(socketType ?? '')) {
    yield* flagFinding(view, 'INTERCEPT', 'the interceptor does not work in 2.3.15 and 2.3.15.3', {
      severity: 'error',
      effect: 'misreads',
      consequence: 'the daemon serves nobody: it refuses each client, or the server fails to start',
    });
  }
  if (flags.has('SENSOR') && attributeOf(view, 'deny_time') === undefined) {
    yield* flagFinding(view, 'SENSOR', "SENSOR without 'deny_time' only logs, and denies nobody anything", {
      consequence: 'the daemon closes each connection, and remembers nobody',
    });
  }
  if (flags.has('LABELED') && (isInternal || wait === true || view.isRedirected || socketType === 'dgram')) {
    yield* flagFinding(view, 'LABELED', 'labels come from the peer of a connection that a program serves', {
      severity: 'error',
      effect: 'drops-service',
    });
  }
  if (!flags.has('SENSOR'))
    yield* attributeFindings(view, ['deny_time'], "'deny_time' counts for SENSOR services only");
  if (wait === true && !isInternal && socketType === 'stream') {
    yield* attributeFindings(
      view,
      ['per_source'],
      "'per_source' cannot count clients whose address the daemon does not know",
    );
    // It fails to write these, and leaves it at that: the client is still waiting, and everything begins again.
    yield* attributeFindings(
      view,
      ['banner', 'banner_success'],
      'a program that accepts connections itself has to send a banner itself',
      {
        severity: 'error',
        effect: 'crashes',
        consequence:
          'the daemon cannot send it and starts no program, again and again until it switches the service off',
      },
    );
    yield* attributeFindings(view, ['banner_fail'], 'the daemon has no connection to send this banner to');
  }
  if (isInternal || view.isRedirected) {
    const names = view.entry.attributes.map(({ key }) => key).filter((key) => key.startsWith('rlimit_'));
    yield* attributeFindings(view, names, 'limits of a process mean nothing where no program is started');
  }
  if (socketType === 'dgram') {
    yield* attributeFindings(
      view,
      ['banner', 'banner_success', 'banner_fail'],
      'a datagram service has no connection to send a banner to',
    );
  }
}

/** Asking a client for its user would make the ident servers of two hosts call each other for ever. */
function* identFindings(view: ServiceView): Generator<Finding> {
  if (view.protocol?.toLowerCase() !== 'tcp') return;
  for (const line of view.entry.attributes) {
    if (!line.key.startsWith('log_on_') || line.operator?.operator === 'remove') continue;
    const word = line.values.find((value) => value.text.toUpperCase() === 'USERID');
    if (word === undefined) continue;
    yield {
      at: word,
      message: 'USERID asks the ident service of the client, and this service is the one that is asked',
      severity: 'info',
      consequence: 'the daemon leaves USERID out here, with a warning in the log',
      fix: { description: `Remove ${word.text}`, edits: [removeWord(view.source, line, word)] },
    };
  }
}

function* flagFinding(
  view: ServiceView,
  flag: string,
  message: string,
  more: Pick<Finding, 'severity' | 'effect' | 'consequence'> = {
    consequence: 'the daemon takes the flag, and nothing comes of it',
  },
): Generator<Finding> {
  const line = attributeOf(view, 'flags');
  const word = line?.values.find((value) => value.text.toUpperCase() === flag);
  if (line === undefined || word === undefined) return;
  yield {
    at: word,
    message,
    fix: { description: `Remove ${word.text}`, edits: [removeWord(view.source, line, word)] },
    ...more,
  };
}

function* attributeFindings(
  view: ServiceView,
  names: readonly string[],
  message: string,
  more: Pick<Finding, 'severity' | 'effect' | 'consequence'> = {
    consequence: 'the daemon takes the line, and nothing comes of it',
  },
): Generator<Finding> {
  for (const name of names) {
    const line = attributeOf(view, findAttribute(name)?.name ?? name);
    if (line === undefined) continue;
    yield {
      at: line,
      message,
      // Without a line that is in its way a service can be reached that could not.
      fix: {
        description: `Remove '${name}'`,
        edits: [removeLines(view.source, line)],
        isIntrusive: more.severity === 'error',
      },
      ...more,
    };
  }
}
