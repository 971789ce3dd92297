import { spanOf } from './position.ts';
import type { FileReport, Reporter } from './report.ts';
import { openTag } from './xml.ts';

/** Checkstyle's XML, which Jenkins and many others read. */
export const checkstyle: Reporter = (report) =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('checkstyle', { version: '4.3' }),
    ...report.files.flatMap(fileLines),
    '</checkstyle>',
    '',
  ].join('\n');

function fileLines({ source, diagnostics }: FileReport): string[] {
  const name = { name: source.path };
  if (diagnostics.length === 0) return [`  ${openTag('file', name, '/>')}`];
  const errors = diagnostics.map(({ code, severity, message, effect, location }) => {
    const { line, column } = spanOf(location).start;
    const text = effect === undefined ? message : `${message} (${effect})`;
    return `    ${openTag('error', { line, column, severity, message: text, source: `xcfg.${code}` }, '/>')}`;
  });
  return [`  ${openTag('file', name)}`, ...errors, '  </file>'];
}
