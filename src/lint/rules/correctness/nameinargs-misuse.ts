import type { Attribute } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { removeLines } from '../../line.ts';
import { defineRule, eachService, type Finding, type ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/nameinargs-misuse',
    summary: 'NAMEINARGS behind server_args, or without arguments to hold a name',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'crashes',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: '`server_args` is laid out when its line is read, so the flag counts only when it stands before. With the flag behind, argv[0] is empty: each connection crashes the child, and the client is cut off. Without `server_args` the entry is dropped: `Must specify server args if using NAMEINARGS flag`.',
    references: ['fix_server_argv in confparse.c; server_args_parser in parsers.c'],
    examples: {
      bad: 'server_args = tcpd-target -x\nflags = NAMEINARGS IPv4',
      good: 'flags = NAMEINARGS IPv4\nserver_args = tcpd-target -x',
    },
  },
  check: (context) =>
    eachService(context, (view) => {
      const finding = misuse(view);
      if (finding !== undefined) context.report(finding);
    }),
});

function misuse(view: ServiceView): Finding | undefined {
  const { entry, source, flags, types } = view;
  const line = attributeOf(view, 'flags');
  const at = line?.values.find((value) => value.text.toUpperCase() === 'NAMEINARGS');
  if (entry.syntax !== 'block' || line === undefined || at === undefined || !flags.has('NAMEINARGS'))
    return undefined;
  if (types.has('INTERNAL')) {
    return {
      at,
      message: 'a built-in service has no program that NAMEINARGS could name',
      effect: 'drops-service',
    };
  }
  // A redirect refuses the flag, and redirect-conflict says so.
  if (view.isRedirected) return undefined;
  const args = attributeOf(view, 'server_args');
  if (args === undefined) {
    return {
      at,
      message: "NAMEINARGS takes the name of the program from 'server_args', and there are none",
      effect: 'drops-service',
    };
  }
  if (line.start < args.start) return undefined;
  return {
    at,
    message: "NAMEINARGS counts only for a 'server_args' below it",
    consequence: 'the program gets no argv[0], and each connection crashes the child before it starts',
    related: [{ source, range: args, message: 'read before the flag' }],
    fix: moveUp(line, args, source),
  };
}

function moveUp(line: Attribute, args: Attribute, source: SourceText): ProposedFix {
  const removal = removeLines(source, line);
  const target = source.lines.startOf(source.lineAt(args.start));
  return {
    description: "Move 'flags' above 'server_args'",
    edits: [{ start: target, end: target, text: `${source.slice(removal).trimEnd()}\n` }, removal],
  };
}
