import type { Service } from '../../../model/service.ts';
import { indentOf } from '../../line.ts';
import { defineRule, eachRunning, type ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';
import { list } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/idonly-not-enforced',
    summary: 'IDONLY without what makes the daemon ask for the identity',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'misreads',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'The identity is asked for only when the user is logged: IDONLY alone, and IDONLY with USERID but without `log_type`, let a client in that nobody identified. The answers come from the host of the client anyway, and prove nothing.',
    references: ['child.c; RFC 1413'],
    examples: {
      bad: 'flags = IDONLY IPv4',
      good: 'flags = IDONLY IPv4\nlog_type = SYSLOG auth\nlog_on_success = HOST PID USERID',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      if (!view.flags.has('IDONLY') || service === null) return;
      const line = attributeOf(view, 'flags');
      const at = line?.values.find(({ text }) => text.toUpperCase() === 'IDONLY') ?? line;
      if (at === undefined) return;
      if (service.socketType === 'dgram' || service.wait) {
        context.report({
          at,
          message: "IDONLY needs a stream service with 'wait = no': there is nobody to ask otherwise",
          consequence: 'the daemon asks nobody, and lets everybody in',
        });
        return;
      }
      const missing = missingFrom(service);
      if (missing.length === 0) return;
      context.report({
        at,
        message: `IDONLY does nothing without ${list(missing)}`,
        consequence: 'the daemon asks nobody, and lets everybody in',
        fix: addLines(view, service),
      });
    }),
});

function missingFrom({ logOnSuccess, logType }: Service): string[] {
  return [
    ...(logOnSuccess.includes('USERID') ? [] : ["USERID in 'log_on_success'"]),
    ...(logType === null ? ["'log_type'"] : []),
  ];
}

function addLines(view: ServiceView, { logOnSuccess, logType }: Service): ProposedFix {
  const line = attributeOf(view, 'flags');
  // Behind the last line of the list: a `=` further down would forget what is added above it.
  const list = view.entry.attributes.findLast(
    ({ key, operator, values }) =>
      key === 'log_on_success' && operator?.operator !== 'remove' && values.length > 0,
  );
  const word = list?.values.at(-1)?.end;
  const end = line?.end ?? view.entry.start;
  const indent = indentOf(view.source, line?.start ?? view.entry.start);
  const lines = [
    ...(logType === null ? ['log_type = SYSLOG auth'] : []),
    ...(logOnSuccess.includes('USERID') || word !== undefined ? [] : ['log_on_success += USERID']),
  ];
  return {
    description: 'Log the user, so that the daemon asks',
    edits: [
      ...(lines.length === 0
        ? []
        : [{ start: end, end, text: lines.map((text) => `\n${indent}${text}`).join('') }]),
      ...(logOnSuccess.includes('USERID') || word === undefined
        ? []
        : [{ start: word, end: word, text: ' USERID' }]),
    ],
  };
}
