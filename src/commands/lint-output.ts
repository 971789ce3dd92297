import { resolve } from 'node:path';
import { compareDiagnostics, type Diagnostic, type Severity } from '../diagnostics/diagnostic.ts';
import type { ActiveRule } from '../lint/active-rules.ts';
import type { Rule } from '../lint/rule.ts';
import { rulePagePath } from '../lint/rule-page.ts';
import { plural } from '../lint/wording.ts';
import type { FileReport, Report } from '../report/report.ts';
import { loadReporter } from '../report/reporters.ts';
import { SourceText } from '../text/source-text.ts';
import { version } from '../version.ts';
import { wantsColor } from './color.ts';
import type { CommandIo } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { FileError } from './file-error.ts';
import { namesBeside, readBaseline, withoutKnown, writeBaseline } from './lint-baseline.ts';
import type { LintConfiguration } from './lint-configuration.ts';
import type { FixOutcome } from './lint-fix.ts';
import { write } from './output.ts';
import { type ReportTarget, reportTargets } from './report-targets.ts';
import type { LintArguments } from './run-lint.ts';
import type { ShownPaths } from './shown-paths.ts';
import { writeFileAtomically } from './write-file.ts';

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Collects what a run finds, prints it, and knows the exit status. */
export class LintOutput {
  readonly #args: LintArguments;
  readonly #io: CommandIo;
  readonly #rules: readonly Rule[];
  readonly #shown: ShownPaths;
  readonly #targets: readonly ReportTarget[];
  readonly #files = new Map<string, FileReport>();
  /** Each once: trees may have files in common. */
  readonly #failures = new Map<string, Diagnostic>();
  readonly #skipped = new Set<string>();
  /** Most files have one and the same list of rules. */
  readonly #lists = new Set<readonly ActiveRule[]>();
  #lowestFailing: Severity | undefined;
  /** How often what was done. */
  readonly #made = new Map<string, number>();
  #isHeldBack = false;
  #hasDifference = false;

  constructor(args: LintArguments, io: CommandIo, rules: readonly Rule[], shown: ShownPaths) {
    this.#args = args;
    this.#shown = shown;
    this.#io = io;
    this.#rules = rules;
    const { format: formats = [], outputFile } = args;
    this.#targets = reportTargets({ formats, outputFile, env: io.env, cwd: io.cwd });
  }

  /** What could not be read or written. */
  addFailures(failures: readonly Diagnostic[]): void {
    for (const failure of failures) {
      const { path } = failure.location.source;
      this.#failures.set(`${path}\n${failure.location.range.start}\n${failure.message}`, failure);
    }
  }

  addFixed({ made, isHeldBack, changed, failures }: FixOutcome): void {
    for (const { fix } of made) {
      const what = fix?.description ?? '';
      this.#made.set(what, (this.#made.get(what) ?? 0) + 1);
    }
    if (isHeldBack) this.#isHeldBack = true;
    if (changed.size > 0) this.#hasDifference = true;
    this.addFailures(failures.map(failureOf));
  }

  /** What could be looked at only in part, because nothing is known of the machine. */
  addSkipped(rules: readonly ActiveRule[]): void {
    if (this.#lists.has(rules)) return;
    this.#lists.add(rules);
    for (const { rule } of rules) if (rule.meta.facts === 'opt-in') this.#skipped.add(rule.meta.name);
  }

  /** A file that several trees hold is reported once. */
  add(files: readonly FileReport[], { failOn }: LintConfiguration): void {
    if (failOn !== undefined && ranks[failOn] < ranks[this.#lowestFailing ?? 'error'])
      this.#lowestFailing = failOn;
    for (const file of files) {
      const { path } = file.source;
      const absolute = resolve(this.#io.cwd, path);
      // One text for both where they are equal: there are thousands of them.
      const key = absolute === path ? path : absolute;
      const known = this.#files.get(key);
      this.#files.set(key, known === undefined ? file : merge(known, file));
    }
  }

  async finish(): Promise<ExitCode> {
    const { quiet, baseline, writeBaseline: isRecording, diff, exitZero } = this.#args;
    const notes: string[] = [];
    let files: readonly FileReport[] = [...this.#files.values()];
    if (baseline !== undefined && isRecording) {
      const count = writeBaseline(baseline, this.#io.cwd, files);
      await write(this.#io.stderr, `${baseline}: ${count} findings recorded\n`);
      return this.#failures.size > 0 ? exitCodes.failure : exitCodes.ok;
    }
    if (baseline !== undefined) {
      const absolute = resolve(this.#io.cwd, baseline);
      const nameOf = namesBeside(absolute, this.#io.cwd);
      const left = withoutKnown(files, readBaseline(baseline, this.#io.cwd), nameOf);
      files = left.files;
      if (left.known > 0) notes.push(`${left.known} findings are in the baseline`);
    }
    if (this.#made.size > 0) notes.push(madeNote(this.#made, diff === true));
    if (this.#isHeldBack) notes.push('fixes that are safe one by one and do harm together were left out');
    const failing = this.#isFailing(files, notes);
    const named = files.map((file) => this.#shown.report(file));
    const shown = this.#limit(quiet ? named.map(errorsOnly) : named, notes);
    const failures = [...this.#failures.values()].map((each) => this.#shown.diagnostic(each));
    await this.#deliver(withFailures(failures, shown, this.#io.cwd), notes);
    if (this.#failures.size > 0) return exitCodes.failure;
    if (exitZero) return exitCodes.ok;
    return failing || (diff === true && this.#hasDifference) ? exitCodes.findings : exitCodes.ok;
  }

  #isFailing(files: readonly FileReport[], notes: string[]): boolean {
    const all = files.flatMap(({ diagnostics }) => diagnostics);
    const lowest = ranks[this.#args.failOn ?? this.#lowestFailing ?? 'error'];
    if (all.some(({ severity }) => ranks[severity] >= lowest)) return true;
    const warnings = all.filter(({ severity }) => severity === 'warning').length;
    const { maxWarnings } = this.#args;
    if (maxWarnings === undefined || warnings <= maxWarnings) return false;
    notes.push(`${plural(warnings, 'warning')}, more than --max-warnings ${maxWarnings} allows`);
    return true;
  }

  #limit(files: readonly FileReport[], notes: string[]): readonly FileReport[] {
    const limit = this.#args.maxFindings;
    const total = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
    if (limit === undefined || total <= limit) return files;
    notes.push(`${total - limit} more findings are not shown`);
    let room = limit;
    return files.map(({ source, diagnostics }) => {
      const some = diagnostics.slice(0, room);
      room -= some.length;
      return { source, diagnostics: some };
    });
  }

  async #deliver(files: readonly FileReport[], notes: readonly string[]): Promise<void> {
    const report: Report = {
      version,
      files,
      isComplete: this.#failures.size === 0,
      rules: rulesFound(files, this.#rules),
      skippedRules: [...this.#skipped],
      notes,
    };
    for (const target of this.#targets) await this.#deliverTo(target, report);
  }

  async #deliverTo({ format, file }: ReportTarget, report: Report): Promise<void> {
    const reporter = await loadReporter(format);
    if (file !== undefined) {
      writeFileAtomically(file, Buffer.from(reporter(report, { color: false })), { cwd: this.#io.cwd });
      return;
    }
    // Where the fixed text or a difference goes to standard output, the report must not.
    const stream = this.#printsText() ? this.#io.stderr : this.#io.stdout;
    const text = reporter(report, { color: wantsColor(stream, this.#io.env, this.#args.color) });
    if (text !== '') await write(stream, text);
  }

  #printsText(): boolean {
    const { fix, unsafeFixes, diff, paths = [] } = this.#args;
    if (diff) return true;
    const readsStdin = paths.includes('-') || paths.length === 0;
    return readsStdin && (fix === true || unsafeFixes === true);
  }
}

function merge(known: FileReport, other: FileReport): FileReport {
  // Of the same text they may be different excerpts.
  const keyOf = ({ code, location: { source, range }, message }: Diagnostic) => {
    const { line, column } = source.positionAt(range.start);
    return `${code} ${line}:${column} ${message}`;
  };
  const seen = new Set(known.diagnostics.map(keyOf));
  return {
    source: known.source,
    diagnostics: [...known.diagnostics, ...other.diagnostics.filter((each) => !seen.has(keyOf(each)))],
  };
}

/** What was done, the most frequent first. */
function madeNote(made: ReadonlyMap<string, number>, isShown: boolean): string {
  const kinds = [...made].sort(([, a], [, b]) => b - a);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const named = kinds.map(([what, count]) => (count === 1 ? what : `${what} (${count})`));
  return `${total} fixed${isShown ? ' in what is shown' : ''}: ${named.join(', ')}`;
}

/** What could not be read comes first; what could not be written stands with the findings of its file. */
function withFailures(
  failures: readonly Diagnostic[],
  files: readonly FileReport[],
  cwd: string,
): readonly FileReport[] {
  if (failures.length === 0) return files;
  const keyOf = ({ path }: SourceText) => resolve(cwd, path);
  const known = new Set(files.map(({ source }) => keyOf(source)));
  const own = failures.filter(({ location }) => !known.has(keyOf(location.source)));
  return [
    ...own.map((failure) => ({ source: failure.location.source, diagnostics: [failure] })),
    ...files.map(({ source, diagnostics }) => {
      const here = failures.filter(({ location }) => keyOf(location.source) === keyOf(source));
      return {
        source,
        diagnostics: here.length === 0 ? diagnostics : [...here, ...diagnostics].sort(compareDiagnostics),
      };
    }),
  ];
}

function failureOf({ path, reason }: FileError): Diagnostic {
  const source = new SourceText(path, '');
  return {
    code: 'unwritable-file',
    severity: 'error',
    message: `this file is left as it is: ${reason}`,
    location: { source, range: { start: 0, end: 0 } },
  };
}

function errorsOnly({ source, diagnostics }: FileReport): FileReport {
  return { source, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };
}

function rulesFound(files: readonly FileReport[], rules: readonly Rule[]): Report['rules'] {
  const codes = new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  return rules
    .map(({ meta }) => meta)
    .filter(({ name }) => codes.has(name))
    .map((meta) => ({ ...meta, page: rulePagePath(meta) }));
}
