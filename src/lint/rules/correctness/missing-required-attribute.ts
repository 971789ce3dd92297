import type { BlockEntry } from '../../../ast/nodes.ts';
import { attributeConfusions } from '../../../catalog/attribute-confusions.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { requiredAttributes } from '../../../model/check/required.ts';
import type { ModelDiagnostic } from '../../../model/service.ts';
import { isOneSlip } from '../../../text/one-slip.ts';
import { defineRule, eachService } from '../../rule.ts';
import type { ServiceView } from '../../service-view.ts';
import { list, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/missing-required-attribute',
    summary: 'A service without an attribute that its kind needs',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: '`missing attribute user - DISABLING` is seen in the log only, and the service is not there. Values from `defaults` do not count. The manual page itself shows an unlisted service without `user`, which is refused; a redirect needs one too.',
    references: ['service_attr_check in confparse.c'],
    examples: {
      bad: 'service fwd\n{\n\ttype = UNLISTED\n\tport = 80\n\tredirect = 192.0.2.1 80\n}',
      good: 'service fwd\n{\n\ttype = UNLISTED\n\tsocket_type = stream\n\tprotocol = tcp\n\twait = no\n\tuser = nobody\n\tport = 80\n\tredirect = 192.0.2.1 80\n\t...\n}',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      const { entry, source } = view;
      if (entry.syntax !== 'block' || entry.open === null || entry.name === null) return;
      const { draft, faults } = context.analysis.judge(entry, source);
      const required = new Set([...requiredAttributes(draft), ...faults.flatMap(neededFor)]);
      const missing = [...required].filter(
        (name) => !draft.given.has(name) && !isImplied(name, view) && !isAttempted(name, entry, view),
      );
      if (missing.length === 0) return;
      context.report({
        at: entry.name,
        message: `${quote(view.name)} lacks ${list(missing.map((name) => `'${name}'`))}`,
        ...(view.isOff ? { severity: 'info' } : {}),
      });
    }),
});

/** What an entry lacks that none of its kind has to have. */
function neededFor({ code }: ModelDiagnostic): readonly string[] {
  // The port of a listed service cannot be looked up without a protocol.
  if (code === 'missing-protocol') return ['protocol'];
  return code === 'missing-port' ? ['port'] : [];
}

/** Protocol and socket type follow from each other; a listed service has its port in the services file. */
function isImplied(name: string, view: ServiceView): boolean {
  if (name === 'protocol') return view.protocol !== null;
  return name === 'socket_type' && view.socketType !== null;
}

/** Characters that look like blanks and are none. */
const invisible = /[^\x20-\x7e]+/g;

/** A line that says it and is wrong, or misspells its name, is another rule's matter. */
function isAttempted(name: string, entry: BlockEntry, view: ServiceView): boolean {
  const lines = entry.attributes.map(({ key }) => key);
  const strays = entry.body.flatMap((node) =>
    node.type === 'Unknown' ? [node.words[0]?.text.toLowerCase().replace(invisible, '') ?? ''] : [],
  );
  return [...lines, ...strays].some(
    (key) =>
      findAttribute(key)?.name === name ||
      // The socket type follows from the protocol, once that is one.
      (name === 'socket_type' && key === 'protocol' && view.protocol === null) ||
      // A redirect needs no program.
      (name === 'server' && key === 'redirect') ||
      attributeConfusions.get(key) === name ||
      isOneSlip(key, name),
  );
}
