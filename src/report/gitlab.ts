import type { Severity } from '../diagnostics/diagnostic.ts';
import { fingerprinter } from './fingerprint.ts';
import { spanOf } from './position.ts';
import { diagnosticsOf, type Reporter } from './report.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/** GitLab's code quality report. */
export const gitlab: Reporter = (report) => {
  const fingerprintOf = fingerprinter();
  const issues = diagnosticsOf(report).map((each) => {
    const { start, end } = spanOf(each.location);
    return {
      description: each.effect === undefined ? each.message : `${each.message} (${each.effect})`,
      check_name: each.code,
      fingerprint: fingerprintOf(each),
      severity: severities[each.severity],
      location: {
        path: each.location.source.path.replace(/^(?:\.\/)+/, ''),
        lines: { begin: start.line, end: end.line },
      },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
};
