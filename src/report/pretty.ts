import { Chalk, type ChalkInstance } from 'chalk';
import type { Diagnostic, Location, Severity } from '../diagnostics/diagnostic.ts';
import { escapeControl } from '../text/escape-control.ts';
import { codeFrame } from './code-frame.ts';
import { spanOf } from './position.ts';
import type { FileReport, Report, Reporter } from './report.ts';
import { type Summary, summarize } from './summary.ts';

/** A fault of a whole file is felt on each of its lines, and a screen full of them says no more than a few. */
const mostRelated = 5;

/** For people at a terminal: a heading for each file, a frame for each finding, the figures at the end. */
export const pretty: Reporter = (report, { color }) => {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const files = report.files.filter(({ diagnostics }) => diagnostics.length > 0);
  return [...files.map((file) => fileText(file, chalk)), closing(report, chalk)].join('');
};

function fileText({ source, diagnostics }: FileReport, chalk: ChalkInstance): string {
  const heading = chalk.underline(escapeControl(source.path));
  return `${heading}\n${diagnostics.map((each) => findingText(each, chalk)).join('')}`;
}

function findingText(diagnostic: Diagnostic, chalk: ChalkInstance): string {
  const { code, severity, message, effect, location, related = [], fix } = diagnostic;
  const { line, column } = spanOf(location).start;
  const head = `  ${chalk.bold(`${line}:${column}`)} ${severityText(severity, chalk)} ${escapeControl(message)} ${chalk.dim(`[${code}]`)}`;
  const lines = [head];
  if (effect !== undefined) lines.push(`    ${chalk.cyan('effect:')} ${escapeControl(effect)}`);
  lines.push(...frameLines(location, chalk.red, chalk));
  for (const each of related.slice(0, mostRelated)) {
    const at = spanOf(each).start;
    const place = each.source === location.source ? '' : `${each.source.path}:`;
    lines.push(
      `    ${chalk.cyan('see')} ${escapeControl(`${place}${at.line}:${at.column}: ${each.message}`)}`,
    );
    lines.push(...frameLines(each, chalk.cyan, chalk));
  }
  const left = related.length - mostRelated;
  if (left > 0)
    lines.push(`    ${chalk.cyan('see')} ${count(left, 'more place')}, which the JSON report has`);
  if (fix !== undefined) {
    const option = fix.safety === 'safe' ? '--fix' : '--unsafe-fixes';
    lines.push(`    ${chalk.green('fix')} (${option}): ${escapeControl(fix.description)}`);
  }
  return `${lines.join('\n')}\n\n`;
}

function severityText(severity: Severity, chalk: ChalkInstance): string {
  switch (severity) {
    case 'error':
      return chalk.red(severity);
    case 'warning':
      return chalk.yellow(severity);
    case 'info':
      return chalk.blue(severity);
  }
}

function frameLines(location: Location, mark: ChalkInstance, chalk: ChalkInstance): string[] {
  // A file that could not be read has no text to show.
  if (location.source.text === '') return [];
  const { line, text, indent, carets } = codeFrame(location);
  const number = String(line).padStart(6);
  const bar = chalk.dim('|');
  return [
    `${chalk.dim(number)} ${bar} ${text}`.trimEnd(),
    `${' '.repeat(6)} ${bar} ${indent}${mark(carets)}`,
  ];
}

function closing(report: Report, chalk: ChalkInstance): string {
  const summary = summarize(report);
  const lines = report.notes.map((note) => chalk.dim(escapeControl(note)));
  const counts = countText(summary);
  // Where nothing is wrong, nothing is printed.
  if (counts !== '') lines.push(chalk.bold(counts), ...fixText(summary), ...skippedText(summary));
  return lines.map((line) => `${line}\n`).join('');
}

function countText({ errors, warnings, infos, files }: Summary): string {
  const parts = [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'info')].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '' : `${parts.join(', ')} in ${count(files, 'file')}`;
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 || noun === 'info' ? '' : 's'}`;
}

function skippedText({ skippedRules }: Summary): string[] {
  if (skippedRules === 0) return [];
  return [`${count(skippedRules, 'rule')} skipped: no host facts (or a part of each; --facts has them)`];
}

function fixText({ fixable: { safe, unsafe } }: Summary): string[] {
  const parts = [
    ...(safe === 0 ? [] : [`${safe} can be fixed with --fix`]),
    ...(unsafe === 0 ? [] : [`${unsafe}${safe === 0 ? ' can be fixed' : ' more'} with --unsafe-fixes`]),
  ];
  return parts.length === 0 ? [] : [parts.join(', ')];
}
