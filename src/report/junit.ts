import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { spanOf } from './position.ts';
import type { FileReport, Reporter } from './report.ts';
import { escapeXml, openTag } from './xml.ts';

/** JUnit's XML: a suite for each file, a failed case for each finding, a passed one for a file without any. */
export const junit: Reporter = (report) => {
  const failures = report.files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  const tests = report.files.reduce((sum, { diagnostics }) => sum + Math.max(1, diagnostics.length), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('testsuites', { name: 'xcfg lint', tests, failures }),
    ...report.files.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
};

function suiteLines({ source, diagnostics }: FileReport): string[] {
  const count = diagnostics.length;
  const suite = { name: source.path, tests: Math.max(1, count), failures: count, errors: 0 };
  const cases =
    count === 0
      ? [`    ${openTag('testcase', { name: source.path, classname: source.path }, '/>')}`]
      : diagnostics.flatMap((each) => caseLines(each, source.path));
  return [`  ${openTag('testsuite', suite)}`, ...cases, '  </testsuite>'];
}

function caseLines(diagnostic: Diagnostic, path: string): string[] {
  const { code, severity, message, effect, location } = diagnostic;
  const { line, column } = spanOf(location).start;
  const detail = [`${path}:${line}:${column}`, ...(effect === undefined ? [] : [effect])].map(escapeXml);
  return [
    `    ${openTag('testcase', { name: `${code} ${line}:${column}`, classname: path })}`,
    `      ${openTag('failure', { type: severity, message })}${detail.join('\n')}</failure>`,
    '    </testcase>',
  ];
}
