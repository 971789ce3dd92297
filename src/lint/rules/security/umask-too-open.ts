import { meantValues } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

const groupAndOtherWrite = 0o022;

export const rule = defineRule({
  meta: {
    name: 'security/umask-too-open',
    summary: 'A umask that lets others write to new files',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'xinetd keeps 022 unless told otherwise, so this attribute is the only way to lose it. Early versions ran with 0 and made files that everybody could write (CVE-2001-1322).',
    references: ['init_common in init.c', 'CVE-2001-1322'],
    examples: { bad: 'umask = 000', good: 'umask = 022' },
    options: {
      min: {
        default: '022' as string,
        summary: 'The bits that must be masked, in octal; 002 where a group shares files',
      },
    },
  },
  check: ({ options, report }) => {
    const wanted = Number.parseInt(options.min, 8) || groupAndOtherWrite;
    return {
      Attribute: (attribute, entry) => {
        const [value] = meantValues(attribute);
        if (entry.syntax !== 'block' || attribute.key !== 'umask' || value === undefined) return;
        if (!/^[0-7]{1,4}$/.test(value.text)) return;
        const mask = Number.parseInt(value.text, 8);
        if ((mask & wanted) === wanted) return;
        report({
          at: value,
          message: `with the umask ${quote(value.text)} others can write to new files; write 022`,
          ...(mask === 0 ? { severity: 'error' } : {}),
        });
      },
    };
  },
});
