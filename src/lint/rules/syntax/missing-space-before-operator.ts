import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/missing-space-before-operator',
    summary: 'An attribute name that runs into its operator',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'The name must end in white space before `=`, `+=` or `-=`; a missing space behind the operator is fine. The daemon gives up the whole entry: a service is gone, and of `defaults` only what stands before the line counts, so that an `only_from` further down is lost while the services start.',
    references: ['get_attr_op in parsesup.c', 'https://github.com/xinetd-org/xinetd/issues/14'],
    examples: { bad: 'bind=192.0.2.10', good: 'bind = 192.0.2.10' },
  },
  check: ({ source, report }) => ({
    Problem: (problem) => {
      if (problem.code !== 'missing-space-before-operator') return;
      const name = source.slice(problem);
      const behind =
        problem.end + (/^[+-]?=/.exec(source.text.slice(problem.end, problem.end + 2))?.[0].length ?? 0);
      const isTight = /\S/.test(source.text.charAt(behind));
      report({
        at: problem,
        message: `${quote(name)} touches its operator; write a space between them`,
        fix: {
          description: isTight
            ? `Insert spaces around the operator of ${quote(name)}`
            : `Insert a space behind ${quote(name)}`,
          // The daemon needs only the first; whoever reads it wants both.
          edits: [problem.end, ...(isTight ? [behind] : [])].map((at) => ({ start: at, end: at, text: ' ' })),
        },
      });
    },
  }),
});
