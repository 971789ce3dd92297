import type { ArgumentsCamelCase } from 'yargs';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { compareDiagnostics } from '../diagnostics/diagnostic.ts';
import type { ActiveRule } from '../lint/active-rules.ts';
import { lintTree } from '../lint/lint.ts';
import { recommended } from '../lint/presets.ts';
import { loadRules } from '../lint/registry.ts';
import type { Rule } from '../lint/rule.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import type { FileReport, Report } from '../report/report.ts';
import { loadReporter, type ReportFormat } from '../report/reporters.ts';
import type { SourceText } from '../text/source-text.ts';
import { version } from '../version.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { LintOptions } from './lint.ts';
import { readLintInput } from './lint-input.ts';
import { write } from './output.ts';
import { reportFormats } from './report-formats.ts';
import { applyRuleOptions } from './rule-option.ts';
import { UsageError } from './usage-error.ts';
import { writeFileAtomically } from './write-file.ts';

type Arguments = ArgumentsCamelCase<LintOptions & CommonOptions>;

/** The work of `xcfg lint`. */
export async function runLint(args: Arguments, io: CommandIo): Promise<ExitCode> {
  const format = chooseFormat(args, io);
  const rules = activeRules(await loadRules(), args.rule ?? []);
  const { trees, failures } = await readLintInput(
    args.paths ?? [],
    io,
    { stdinFilename: args.stdinFilename },
    {
      files: diskFiles({ directory: io.cwd }),
      cwd: io.cwd,
      follow: args.follow,
      ...(args.from === 'auto' ? {} : { format: args.from }),
    },
  );
  const files = [...failures.map(failureReport), ...trees.flatMap((tree) => fileReports(tree, rules))];
  const shown = args.quiet ? files.map(errorsOnly) : files;
  const isComplete = failures.length === 0;
  const found = rulesFound(shown, rules);
  await deliver({ version, files: shown, isComplete, rules: found, notes: [] }, format, args, io);
  if (!isComplete) return exitCodes.failure;
  return isFailing(files, args) ? exitCodes.findings : exitCodes.ok;
}

function chooseFormat(args: Arguments, io: CommandIo): ReportFormat {
  if (args.format !== undefined) return args.format;
  const wanted = io.env.XCFG_FORMAT;
  if (wanted) {
    const known = reportFormats.find((format) => format === wanted);
    if (known !== undefined) return known;
    throw new UsageError(
      `XCFG_FORMAT names no report format: "${wanted}"`,
      `choose one of ${reportFormats.join(', ')}`,
    );
  }
  return io.env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
}

function activeRules(rules: readonly Rule[], options: readonly string[]): ActiveRule[] {
  const severities = applyRuleOptions(
    new Map(rules.map((rule) => [rule.meta.name, recommended(rule) ?? 'off'])),
    new Map(rules.map((rule) => [rule.meta.name, rule.meta.severity])),
    options,
  );
  return rules.flatMap((rule) => {
    const severity = severities.get(rule.meta.name) ?? 'off';
    if (severity === 'off') return [];
    return severity === rule.meta.severity ? [{ rule }] : [{ rule, severity }];
  });
}

function fileReports(tree: SourceTree, rules: readonly ActiveRule[]): FileReport[] {
  const bySource = new Map<SourceText, Diagnostic[]>(tree.files.map(({ source }) => [source, []]));
  for (const diagnostic of lintTree(tree, { rulesFor: () => rules })) {
    const { source } = diagnostic.location;
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...bySource].map(([source, diagnostics]) => ({
    source,
    diagnostics: diagnostics.sort(compareDiagnostics),
  }));
}

function failureReport(failure: Diagnostic): FileReport {
  return { source: failure.location.source, diagnostics: [failure] };
}

function errorsOnly({ source, diagnostics }: FileReport): FileReport {
  return { source, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };
}

function rulesFound(files: readonly FileReport[], rules: readonly ActiveRule[]): Report['rules'] {
  const codes = new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  return rules.map(({ rule }) => rule.meta).filter(({ name }) => codes.has(name));
}

async function deliver(report: Report, format: ReportFormat, args: Arguments, io: CommandIo): Promise<void> {
  const reporter = await loadReporter(format);
  const { outputFile } = args;
  if (outputFile !== undefined && outputFile !== '-') {
    const text = reporter(report, { color: false });
    writeFileAtomically(outputFile, Buffer.from(text), { cwd: io.cwd });
    return;
  }
  const text = reporter(report, { color: wantsColor(io.stdout, io.env, args.color) });
  if (text !== '') await write(io.stdout, text);
}

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function isFailing(files: readonly FileReport[], args: Arguments): boolean {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const lowest = ranks[args.failOn ?? 'error'];
  if (all.some(({ severity }) => ranks[severity] >= lowest)) return true;
  const warnings = all.filter(({ severity }) => severity === 'warning').length;
  return args.maxWarnings !== undefined && warnings > args.maxWarnings;
}
