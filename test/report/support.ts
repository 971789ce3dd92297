import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Report } from '../../src/report/report.ts';
import { SourceText } from '../../src/text/source-text.ts';

const text = 'service telnet\n{\n\tdisable = yes # off\n\tonly_form = \x1b[31m10.0.0.0/8\n}\n';

/** A report with everything that one can hold: three severities, related places, fixes, control characters. */
export function sampleReport(): Report {
  const source = new SourceText('etc/xinetd.d/my, telnet', text);
  const clean = new SourceText('etc/xinetd.d/clean', 'service echo\n');
  const at = (start: string, length = start.length) => {
    const offset = text.indexOf(start);
    return { start: offset, end: offset + length };
  };
  const diagnostics: Diagnostic[] = [
    {
      code: 'correctness/shadowed-entry',
      severity: 'info',
      message: "'telnet' is defined twice",
      location: { source, range: at('telnet') },
      related: [{ source: clean, range: { start: 8, end: 12 }, message: 'the other one is here' }],
    },
    {
      code: 'syntax/trailing-comment',
      severity: 'error',
      message: "'# off' is no comment here",
      effect: 'the daemon ignores this line',
      location: { source, range: at('# off') },
      fix: {
        description: 'Move the comment to a line of its own above',
        safety: 'safe',
        edits: [
          { ...at('\tdisable', 0), text: '\t# off\n' },
          { ...at(' # off'), text: '' },
        ],
      },
    },
    {
      code: 'syntax/unknown-attribute',
      severity: 'warning',
      message: "unknown attribute 'only_form' <&> 100%\x1b[2J",
      location: { source, range: at('only_form = \x1b[31m10.0.0.0/8') },
      fix: {
        description: "Rename 'only_form' to 'only_from'",
        safety: 'unsafe',
        edits: [{ ...at('only_form'), text: 'only_from' }],
      },
    },
  ];
  return {
    version: '1.2.3',
    files: [
      { source: clean, diagnostics: [] },
      { source, diagnostics },
    ],
    isComplete: true,
    rules: [
      {
        name: 'syntax/trailing-comment',
        summary: 'A comment behind a value',
        severity: 'error',
        why: 'Only whole lines can be comments.',
        page: 'docs/rules/syntax/trailing-comment.md',
      },
    ],
    skippedRules: ['correctness/server-path', 'correctness/invalid-account', 'correctness/broken-include'],
    notes: ['2 findings are in the baseline'],
  };
}
