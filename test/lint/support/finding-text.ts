import type { Diagnostic, Location } from '../../../src/diagnostics/diagnostic.ts';
import { escapeControl } from '../../../src/text/escape-control.ts';
import { applyEdits } from '../../../src/text/text-edit.ts';

/** Findings as a person would want to review them: everything that is said, and what a fix changes. */
export function findingText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((each) =>
      describe(each)
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('');
}

function describe({ code, severity, message, effect, location, related = [], fix }: Diagnostic): string[] {
  const quoted = location.source.slice(location.range).slice(0, 60);
  return [
    `${place(location)} ${severity} ${code}`,
    `  text: ${JSON.stringify(escapeControl(quoted))}`,
    `  ${escapeControl(message)}`,
    ...(effect === undefined ? [] : [`  effect: ${escapeControl(effect)}`]),
    ...related.map((each) => `  see ${place(each)}: ${escapeControl(each.message)}`),
    ...(fix === undefined
      ? []
      : [`  ${fix.safety} fix: ${fix.description}`, ...changes(location, fix.edits)]),
  ];
}

function place({ source, range }: Location): string {
  const { line, column } = source.positionAt(range.start);
  return `${source.path}:${line}:${column}`;
}

/** The lines that a fix takes away and brings. */
function changes({ source }: Location, edits: Parameters<typeof applyEdits>[1]): string[] {
  const before = source.text.split('\n');
  const after = applyEdits(source.text, edits).split('\n');
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) {
    before.shift();
    after.shift();
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    before.pop();
    after.pop();
  }
  const show = (sign: string) => (line: string) =>
    `    ${sign} ${escapeControl(line.replaceAll('\t', '    '))}`.trimEnd();
  return [...before.map(show('-')), ...after.map(show('+'))];
}
