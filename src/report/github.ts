import type { Severity } from '../diagnostics/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';
import { spanOf } from './position.ts';
import { diagnosticsOf, type Reporter } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands, which GitHub Actions turns into annotations. */
export const github: Reporter = (report) =>
  diagnosticsOf(report)
    .map((each) => {
      const { start, end } = spanOf(each.location);
      const properties = [
        `file=${escapeProperty(each.location.source.path)}`,
        `line=${start.line}`,
        `endLine=${end.line}`,
        // Columns mean something within one line only.
        ...(start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
        `title=${escapeProperty(each.code)}`,
      ];
      const message = each.effect === undefined ? each.message : `${each.message} (${each.effect})`;
      return `::${commands[each.severity]} ${properties.join(',')}::${escapeMessage(message)}\n`;
    })
    .join('');

function escapeMessage(text: string): string {
  return escapeControl(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
