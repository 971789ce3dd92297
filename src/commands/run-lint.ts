import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import type { Host } from '../lint/host.ts';
import { loadRules } from '../lint/registry.ts';
import type { Rule } from '../lint/rule.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { compactLine } from '../report/compact.ts';
import type { FileReport } from '../report/report.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import { dialectOf } from './dialect-option.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { FileError } from './file-error.ts';
import { unreadable } from './input.ts';
import type { LintOptions } from './lint.ts';
import { ConfigurationLoader, InvalidConfiguration, type LintConfiguration } from './lint-configuration.ts';
import { fixSubject } from './lint-fix.ts';
import { hasFacts } from './lint-host.ts';
import { ignoredPaths } from './lint-ignore.ts';
import { type LintSource, readLintSources } from './lint-input.ts';
import { LintOutput } from './lint-output.ts';
import { LintPlan } from './lint-plan.ts';
import { LintProgress } from './lint-progress.ts';
import {
  fileReports,
  hostOf,
  type LintTask,
  linter,
  lintTask,
  TaskOpener,
  type TaskReport,
} from './lint-tasks.ts';
import { write } from './output.ts';
import { printConfiguration } from './print-configuration.ts';
import { refuseUnknownRules, ruleEntries } from './rule-option.ts';
import { ShownPaths } from './shown-paths.ts';
import { UsageError } from './usage-error.ts';
import { keepGarbageYoung } from './young-garbage.ts';

/** From so many files on memory matters. */
const large = 1000;

export type LintArguments = ArgumentsCamelCase<LintOptions & CommonOptions>;

/** The work of `xcfg lint`. */
export async function runLint(args: LintArguments, io: CommandIo): Promise<ExitCode> {
  refuseContradictions(args);
  const rules = await loadRules();
  const commandLine = ruleEntries(args.rule ?? [], rules);
  refuseUnknownRules(args.fixRule ?? [], rules);
  const loader = new ConfigurationLoader(rules, {
    file: args.config,
    cwd: io.cwd,
    commandLine,
    dialect: args.dialect === undefined ? undefined : dialectOf(args.dialect),
    templates: args.template ?? [],
  });
  try {
    if (args.printConfig) return await printConfiguration(args, loader, io);
    return await lintAll(args, io, rules, loader);
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    await write(io.stderr, error.problems.map(compactLine).join(''));
    return exitCodes.failure;
  }
}

function refuseContradictions({
  writeBaseline,
  baseline,
  fix,
  unsafeFixes,
  fixRule,
  diff,
  workers,
  maxFindings,
  maxWarnings,
}: LintArguments): void {
  if (writeBaseline && baseline === undefined) {
    throw new UsageError('--write-baseline needs a file to write', 'name it with --baseline FILE');
  }
  if (writeBaseline && (fix || unsafeFixes || diff)) {
    throw new UsageError('--write-baseline cannot be had together with fixes', 'make the fixes first');
  }
  if (fixRule !== undefined && !fix && !unsafeFixes && !diff) {
    throw new UsageError('--fix-rule alone makes no fix', `write --fix=${fixRule[0]}`);
  }
  if (workers !== undefined && workers < 1) {
    throw new UsageError('--workers takes a number from 1', 'leave it out for as many as pay');
  }
  if (maxFindings !== undefined && maxFindings < 0) {
    throw new UsageError('--max-findings takes a number from 0', 'leave it out for all');
  }
  if (maxWarnings !== undefined && maxWarnings < 0) {
    throw new UsageError('--max-warnings takes a number from 0', 'leave it out for as many as there are');
  }
}

async function lintAll(
  args: LintArguments,
  io: CommandIo,
  rules: readonly Rule[],
  loader: ConfigurationLoader,
): Promise<ExitCode> {
  const shown = new ShownPaths(mainAndNamed(args), args.root, io.cwd);
  const output = new LintOutput(args, io, rules, shown);
  const options = {
    stdinFilename: args.stdinFilename,
    root: args.root,
    isIgnored: await ignoredPaths(args, io.cwd),
  };
  const main = args.main === undefined ? undefined : await readLintSources([args.main], io, options);
  output.addFailures(main?.failures ?? []);
  // What the named files come to without it nobody knows, and even less which repairs are safe.
  if (main?.sources.length === 0) return await output.finish();
  const input = await readLintSources(args.paths ?? [], io, options);
  output.addFailures(input.failures);
  const opener = new TaskOpener(args, io.cwd, loader);
  const plan = await LintPlan.of(withMain(main?.sources[0], input.sources), opener, io.cwd);
  output.addFailures(plan.unread);
  const named = main && new Set(pathsOfAll(input.sources, io.cwd));
  const isNamed = (path: string) => named === undefined || named.has(resolve(io.cwd, path));
  const report = (files: readonly FileReport[], configuration: LintConfiguration) => {
    if (!hasFacts(args, configuration.facts)) {
      for (const { source } of files) output.addSkipped(configuration.settings.rulesFor(source.path));
    }
    output.add(
      files.filter(({ source }) => isNamed(source.path)),
      configuration,
    );
  };
  if (args.fix || args.unsafeFixes || args.diff)
    await fixAll(plan, args, io, { output, report, isNamed, shown });
  else {
    await lintPlan(plan, args, io, ({ files, failures }, { configuration }) => {
      report(files, configuration);
      output.addFailures(failures);
    });
  }
  return await output.finish();
}

/** Lints all trees, in threads if there is enough to do for them. What comes through a pipe is there for one of them. */
async function lintPlan(
  plan: LintPlan,
  args: LintArguments,
  io: CommandIo,
  report: (result: TaskReport, task: LintTask) => void,
): Promise<void> {
  const progress = new LintProgress(io, plan.files);
  try {
    const isDivisible = plan.sources.length > 1 && args.main === undefined;
    if (isDivisible && plan.sources.every(({ files }) => files.every((file) => file.canBeReadAgain))) {
      const { lintInThreads, threadCount } = await import('./lint-threads.ts');
      const threads = threadCount(args.workers, plan.files);
      const results = threads > 1 ? await lintInThreads(plan, threads, args, io.cwd, progress) : undefined;
      if (results !== undefined) {
        for (const [at, source] of plan.sources.entries()) {
          const result = results[at];
          if (result !== undefined) report(result, await plan.task(source));
        }
        return;
      }
    }
    if (plan.files > large) keepGarbageYoung();
    const onFile = () => progress.add(1);
    for (const source of plan.sources) {
      const task = await plan.task(source);
      report(await lintTask(task, args, io.cwd, onFile), task);
    }
  } finally {
    progress.end();
  }
}

/** Where fixes are reported, and which files may have some. */
interface FixTarget {
  readonly output: LintOutput;
  readonly report: (files: readonly FileReport[], configuration: LintConfiguration) => void;
  readonly isNamed: (path: string) => boolean;
  readonly shown: ShownPaths;
}

/** Makes fixes, one tree after the other: what one writes the next may read. */
async function fixAll(
  plan: LintPlan,
  args: LintArguments,
  io: CommandIo,
  { output, report, isNamed, shown }: FixTarget,
): Promise<void> {
  const level = args.unsafeFixes ? 'unsafe' : 'safe';
  const isColored = wantsColor(io.stdout, io.env, args.color);
  const isDiff = args.diff === true;
  const run = { level, isDiff, isColored, root: args.root, shown, pending: new Map() } as const;
  // What cannot be had is said before the first file is written.
  const hosts: (Host | undefined)[] = [];
  for (const source of plan.sources) hosts.push(await hostOf(await plan.task(source), args, io.cwd));
  for (const [at, source] of plan.sources.entries()) {
    const task = await plan.task(source);
    // It may be a part of a tree that has been repaired by now.
    for (const file of source.files) file.release();
    const lintAll = linter(task, hosts[at], args);
    // Neither are files repaired that nobody has named.
    const lint = (tree: SourceTree) => lintAll(tree).filter(({ location }) => isNamed(location.source.path));
    const fixed = await fixSubject(task.subject, run, lint, hosts[at], io).catch(unlessUnreadable);
    if (fixed instanceof FileError) {
      output.addFailures([unreadable(fixed)]);
      continue;
    }
    output.addFixed(fixed);
    output.addFailures(task.subject.gone);
    report(fileReports(fixed.tree, fixed.diagnostics), task.configuration);
    task.subject.close();
  }
}

/** A file can be gone when its turn comes; the others are repaired all the same. */
function unlessUnreadable(error: unknown): FileError {
  if (error instanceof FileError) return error;
  throw error;
}

/** With `--main` the named files are looked at as parts of it. */
function mainAndNamed({ main, paths = [] }: LintArguments): readonly string[] {
  return main === undefined ? paths : [main, ...paths];
}

/** With `--main` the named files alone are of interest. */
function pathsOfAll(sources: readonly LintSource[], cwd: string): readonly string[] {
  return sources.flatMap(({ files }) => files.map(({ path }) => resolve(cwd, path)));
}

/** With `--main` the main file reads the others as drop-ins. */
function withMain(main: LintSource | undefined, named: readonly LintSource[]): readonly LintSource[] {
  return main === undefined ? named : [{ ...main, dropIns: named }, ...named];
}
