import { builtInServices, findBuiltInService } from '../../../catalog/keywords.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { list, quote } from '../../wording.ts';

/** Services of the daemon itself that old builds had. */
const removedServices: ReadonlySet<string> = new Set(['servers', 'services', 'xadmin']);

export const rule = defineRule({
  meta: {
    name: 'correctness/internal-service',
    summary: 'A built-in service that the daemon does not have, or one with attributes of a program',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`No such internal service: t1/stream - DISABLING`. The service is found by its name and socket type: echo, discard, time, daytime and chargen as stream and dgram, tcpmux as stream. `server` is ignored: with `/bin/date` the built-in ran. Packages still ship drop-ins called servers and services, which current sources do not have.',
    references: ['builtins.c; check_entry in confparse.c'],
    examples: {
      bad: 'service servers\n{\n\ttype = INTERNAL UNLISTED\n\tport = 9099\n\tbind = 127.0.0.1\n\t...\n}',
      good: 'service daytime\n{\n\ttype = INTERNAL\n\tbind = 127.0.0.1\n\t...\n}',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.entry.syntax !== 'block' || !view.types.has('INTERNAL') || view.flags.has('SENSOR')) return;
      // Packages ship such entries switched off: nothing is lost until somebody switches them on.
      for (const finding of faults(view)) {
        context.report(view.isOff ? { ...finding, severity: 'info' } : finding);
      }
    }),
});

function* faults(view: ServiceView): Generator<Finding> {
  const { name, socketType, entry } = view;
  const found = findBuiltInService(name);
  const at = entry.name ?? entry;
  if (found === undefined) {
    const names = list(builtInServices.map((each) => each.name));
    yield {
      at,
      message: removedServices.has(name)
        ? `the built-in service ${quote(name)} exists in old versions only`
        : `there is no built-in service ${quote(name)}; there are ${names}`,
    };
    return;
  }
  if (socketType !== null && !found.socketTypes.some((each) => each === socketType)) {
    yield {
      at: rangeOf(view, 'socket_type'),
      message: `the built-in ${quote(name)} exists as ${list(found.socketTypes, 'or')} only, not as ${socketType}`,
    };
  }
  for (const key of ['server', 'server_args']) {
    if (attributeOf(view, key) === undefined) continue;
    yield {
      at: rangeOf(view, key),
      message: `'${key}' means nothing for a built-in service; remove it, or 'INTERNAL'`,
      severity: 'warning',
      effect: 'misreads',
      consequence: 'the daemon serves with its own code, and never starts a program',
    };
  }
}
