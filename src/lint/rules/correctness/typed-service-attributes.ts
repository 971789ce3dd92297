import { standardNames } from '../../host.ts';
import { servicesInOrder } from '../../reading-order.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, isSwitchedOff, rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/typed-service-attributes',
    summary: 'Attributes that do not go with the type of the service: RPC, TCPMUX, UNLISTED',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'A service behind tcpmux must be UNLISTED and tcp, which the sample of the manual page itself is not, and nobody reaches it when no `tcpmux` service runs. An RPC service gets its port from the portmapper, and only an UNLISTED one needs `rpc_number`.',
    references: [
      'check_entry and service_attr_check in confparse.c',
      'https://github.com/openSUSE/xinetd/pull/36',
    ],
    examples: {
      bad: 'type = TCPMUX',
      good: 'type = UNLISTED',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.entry.syntax !== 'block') return;
      for (const finding of faults(view)) context.report(finding);
      const { hasFacts, tables } = context.analysis.host;
      const isUnknownProgram =
        view.types.has('RPC') &&
        !view.types.has('UNLISTED') &&
        (hasFacts ? tables : standardNames()).rpcNumber(view.name) === undefined;
      if (!isUnknownProgram) return;
      const where = hasFacts ? 'the rpc file' : 'the standard rpc table';
      context.report({
        at: view.entry.name ?? view.entry,
        message: `${quote(view.name)} is not in ${where}; add UNLISTED and 'rpc_number'`,
        ...(hasFacts
          ? {}
          : {
              severity: 'warning',
              consequence: 'if the machine has no such name either, the daemon drops the entry',
            }),
      });
    }),
  checkTree: ({ tree, analysis, report }) => {
    if (tree.isPartial) return;
    const views = servicesInOrder(tree).flatMap(({ source, entry }) => {
      const view = isSwitchedOff(entry) ? undefined : analysis.view(entry, source);
      return view === undefined ? [] : [view];
    });
    if (views.some((view) => view.name === 'tcpmux' && view.types.has('INTERNAL'))) return;
    for (const view of views.filter(isTcpmuxClient)) {
      report({
        source: view.source,
        at: rangeOf(view, 'type'),
        message: "no built-in service 'tcpmux' runs through which this one could be reached",
        severity: 'warning',
        effect: 'none',
        consequence: 'nobody reaches the service',
      });
    }
  },
});

function isTcpmuxClient({ types }: ServiceView): boolean {
  return types.has('TCPMUX') || types.has('TCPMUXPLUS');
}

function* faults(view: ServiceView): Generator<Finding> {
  const { types, protocol, port, name } = view;
  if (isTcpmuxClient(view)) {
    if (!types.has('UNLISTED')) {
      const values = attributeOf(view, 'type')?.values;
      const end = values?.at(-1)?.end;
      yield {
        at: rangeOf(view, 'type'),
        message: `${quote(values?.[0]?.text ?? 'TCPMUX')} needs UNLISTED beside it`,
        ...(end === undefined
          ? {}
          : { fix: { description: 'Add UNLISTED', edits: [{ start: end, end, text: ' UNLISTED' }] } }),
      };
    } else if (protocol === null) {
      yield {
        at: rangeOf(view, 'type'),
        message: "a service behind tcpmux needs 'protocol = tcp'",
        effect: 'crashes',
        consequence: 'the daemon crashes at start',
      };
    }
    if (protocol !== null && protocol.toLowerCase() !== 'tcp') {
      yield { at: rangeOf(view, 'protocol'), message: 'a service behind tcpmux needs tcp' };
    }
    if (port !== null) yield withoutEffect(view, 'port', 'a service behind tcpmux has no port of its own');
    return;
  }
  if (types.has('RPC')) {
    if (port !== null) yield withoutEffect(view, 'port', 'the portmapper gives an RPC service its port');
    if (attributeOf(view, 'rpc_number') !== undefined && !types.has('UNLISTED')) {
      yield withoutEffect(
        view,
        'rpc_number',
        "'rpc_number' counts only for an UNLISTED service; the rpc file has the number",
      );
    }
    return;
  }
  for (const key of ['rpc_number', 'rpc_version']) {
    if (attributeOf(view, key) !== undefined)
      yield withoutEffect(view, key, `'${key}' counts only with 'type = RPC'`);
  }
  if (types.has('UNLISTED') && port !== null && standardNames().servicePort(name, protocol ?? '') === port) {
    yield {
      at: rangeOf(view, 'type'),
      message: `${quote(name)} is in the standard services table with this port; UNLISTED is not needed`,
      severity: 'info',
      effect: 'none',
    };
  }
}

function withoutEffect(view: ServiceView, key: string, message: string): Finding {
  return {
    at: rangeOf(view, key),
    message,
    severity: 'warning',
    effect: 'none',
    consequence: 'the daemon does not use it',
  };
}
