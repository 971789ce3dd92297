import type { Attribute, Entry } from '../../../ast/nodes.ts';
import type { Service } from '../../../model/service.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues, removeWord } from '../../line.ts';
import { defineRule, type ProposedFix } from '../../rule.ts';

export const rule = defineRule({
  meta: {
    name: 'performance/ident-lookup',
    summary: 'USERID in a log list, for which the hosts of clients are asked who is there',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'With USERID in `log_on_success` no server starts for a client of a stream service before his host has answered an RFC 1413 query, or 30 seconds are over; in `log_on_failure` a process of its own asks and waits for each client that a limit keeps out. With IDONLY no time ends the waiting. Most networks drop port 113, and vendor files still ship `log_on_failure += USERID` for telnet and rsync.',
    references: [
      'LOGUSER_SUCCESS_TIMEOUT in xconfig.h',
      'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/5/html/deployment_guide/s2-tcpwrappers-xinetd-config-files',
      'https://linuxfromscratch.org/blfs/view/7.10-systemd/server/xinetd.html',
    ],
    examples: {
      bad: 'log_on_failure = HOST USERID',
      good: 'log_on_failure = HOST',
    },
  },
  check: ({ source, analysis, report }) => ({
    Attribute: (attribute, entry) => {
      const question = entry.syntax === 'block' ? questions.get(attribute.key) : undefined;
      if (question === undefined) return;
      if (attribute.operator?.operator === 'remove') return;
      const word = meantValues(attribute).find(({ text }) => text.toUpperCase() === 'USERID');
      if (word === undefined) return;
      const fate = analysis.fateOf(entry, source);
      if (attribute.key === 'log_on_success' && fate.kind === 'runs' && !isAsked(fate.service)) return;
      const isEndless = needsIdentity(entry);
      const fix = isEndless ? undefined : drop(attribute, word, source);
      report({
        at: word,
        message: `${question.asked}, and most answer with silence; leave USERID out`,
        consequence: isEndless ? question.endless : question.limited,
        ...(fix === undefined ? {} : { fix }),
      });
    },
  }),
});

/** Who is asked for which list, and who waits for the answer. */
const questions: ReadonlyMap<
  string,
  { readonly asked: string; readonly limited: string; readonly endless: string }
> = new Map([
  [
    'log_on_success',
    {
      asked: 'every client is asked over the network who he is before a server starts for him',
      limited: 'no server starts for a client before his host has answered or 30 seconds are over',
      endless: 'no server starts for a client before his host has answered, however long that takes',
    },
  ],
  [
    'log_on_failure',
    {
      asked: 'each client that a limit keeps out is asked over the network who he is',
      limited: 'for each such client a process waits up to 30 seconds for the answer',
      endless: 'for each such client a process waits for the answer, however long that takes',
    },
  ],
]);

/** Whether the clients that get in have a connection to be asked about. */
function isAsked({ socketType, wait }: Service): boolean {
  return socketType === 'stream' && !wait;
}

function needsIdentity(entry: Entry): boolean {
  return entry.attributes.some(
    ({ key, values }) => key === 'flags' && values.some(({ text }) => text.toUpperCase() === 'IDONLY'),
  );
}

/** A list that would be empty gets HOST, which says what can be known. */
function drop(attribute: Attribute, word: Attribute['values'][number], source: SourceText): ProposedFix {
  if (attribute.values.length > 1) {
    return { description: 'Remove USERID', edits: [removeWord(source, attribute, word)] };
  }
  return {
    description: 'Log the address instead',
    edits: [{ start: word.start, end: word.end, text: 'HOST' }],
  };
}
