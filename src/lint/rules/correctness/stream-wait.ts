import { defineRule, eachService } from '../../rule.ts';
import { attributeOf, rangeOf } from '../../service-view.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/stream-wait',
    summary: 'A stream service that waits for its server',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'misreads',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'With `wait = yes` the program gets the listening socket and has to accept() itself. One that talks over standard input and output never does, so the daemon starts it in a loop until cps switches the service off (`Deactivating service due to excessive incoming connections`).',
    references: [
      'https://github.com/xinetd-org/xinetd/issues/12',
      'https://github.com/xinetd-org/xinetd/issues/13',
    ],
    examples: {
      bad: 'socket_type = stream\nwait = yes\nserver = /usr/local/bin/check.sh',
      good: 'wait = no',
      also: ['security/access-list-not-enforced-on-wait'],
    },
    options: {
      accepting: {
        default: [] as readonly string[],
        summary: 'Base names of programs that accept connections themselves',
      },
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      if (view.socketType !== 'stream' || view.wait !== true || view.types.has('INTERNAL')) return;
      if (view.types.has('RPC') || view.isRedirected) return;
      const program = view.server?.split('/').at(-1);
      if (program !== undefined && context.options.accepting.includes(program)) return;
      const isBlock = view.entry.syntax === 'block';
      const value = attributeOf(view, 'wait')?.values[0];
      context.report({
        at: rangeOf(view, 'wait'),
        message: `with ${isBlock ? "'wait = yes'" : "'wait'"} the program gets the listening socket and has to accept() itself; most need ${isBlock ? "'wait = no'" : "'nowait'"}`,
        consequence:
          'a program that does not accept is started again and again until the daemon switches the service off',
        ...(value === undefined || !isBlock
          ? {}
          : {
              fix: {
                description: "Write 'wait = no'",
                edits: [{ start: value.start, end: value.end, text: 'no' }],
              },
            }),
      });
    }),
});
