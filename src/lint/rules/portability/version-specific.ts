import type { Attribute, Word } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { meantValues, removeWord } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import type { Target } from '../../target.ts';

export const rule = defineRule({
  meta: {
    name: 'portability/version-specific',
    summary: 'An attribute, flag or value that some versions of the daemon lack or read differently',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'safe',
    facts: 'target',
    since: '0.1.0',
    why: '`rlimit_files` is unknown to xinetd.org 2.3.15, which also refuses IPv4 and IPv6 together where the fork takes IPv6. REUSE does nothing any more, SPECIAL is for the daemon itself, and `libwrap`, `max_load` and LABELED depend on how the daemon was built.',
    references: [
      'attr.h and sconst.c of both source trees',
      'https://docs.redhat.com/es/documentation/red_hat_enterprise_linux/6/html/migration_planning_guide/sect-migration_guide-networking-service_initialization',
    ],
    examples: { bad: 'flags = REUSE IPv4', good: 'flags = IPv4' },
  },
  check: ({ source, target, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block') return;
      for (const finding of findings(attribute, source, target)) report(finding);
    },
  }),
});

function* findings(attribute: Attribute, source: SourceText, target: Target): Generator<Finding> {
  const values = meantValues(attribute);
  const find = (name: string): Word | undefined => values.find(({ text }) => text.toUpperCase() === name);
  const isOriginal = target.version === '2.3.15';
  switch (attribute.key) {
    case 'flags': {
      const reuse = find('REUSE');
      if (reuse !== undefined) {
        yield {
          at: reuse,
          message: 'REUSE does nothing: the address of the socket is always reused',
          effect: 'none',
          fix: { description: 'Remove REUSE', edits: [removeWord(source, attribute, reuse)] },
        };
      }
      const [four, six] = [find('IPV4'), find('IPV6')];
      if (four !== undefined && six !== undefined) {
        yield {
          at:
            four.start < six.start
              ? { start: four.start, end: six.end }
              : { start: six.start, end: four.end },
          message:
            'IPv4 and IPv6 together mean IPv6 in the fork, and are refused by 2.3.15; write the one you want',
          ...(isOriginal
            ? { effect: 'drops-service' }
            : { consequence: 'the daemon takes IPv6 and clears IPv4' }),
        };
      }
      const labeled = find('LABELED');
      if (labeled !== undefined)
        yield {
          at: labeled,
          message: 'LABELED exists only in daemons that are built with SELinux',
          effect: 'none',
        };
      return;
    }
    case 'type': {
      const special = find('SPECIAL');
      if (special !== undefined) {
        yield {
          at: special,
          message: 'SPECIAL is for services of the daemon itself, and is not documented',
          effect: 'none',
        };
      }
      return;
    }
    case 'rlimit_files':
      if (isOriginal && attribute.name !== null) {
        yield {
          at: attribute.name,
          message: "'rlimit_files' is not known to 2.3.15",
          effect: 'ignores-line',
        };
      }
      return;
    case 'libwrap':
      if (target.libwrap === false && attribute.name !== null) {
        yield {
          at: attribute.name,
          message: "'libwrap' is not known to a daemon that is built without libwrap",
          effect: 'ignores-line',
        };
      }
      return;
    default:
  }
}
