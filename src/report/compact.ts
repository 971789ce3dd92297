import { escapeControl } from '../text/escape-control.ts';
import { spanOf } from './position.ts';
import { diagnosticsOf, type Reporter } from './report.ts';

/** One line per finding, for editors and grep: `file:line:col: severity: message [rule]`. */
export const compact: Reporter = (report) =>
  diagnosticsOf(report)
    .map((each) => {
      const { line, column } = spanOf(each.location).start;
      const effect = each.effect === undefined ? '' : ` (${each.effect})`;
      const text = `${each.location.source.path}:${line}:${column}: ${each.severity}: ${each.message}${effect} [${each.code}]`;
      return `${escapeControl(text)}\n`;
    })
    .join('');
