import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../lint/host.ts';
import { type LintOptions as EngineOptions, lintTree } from '../lint/lint.ts';
import { loadRules } from '../lint/registry.ts';
import type { Rule } from '../lint/rule.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { compactLine } from '../report/compact.ts';
import type { FileReport } from '../report/report.ts';
import type { SourceText } from '../text/source-text.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';

import { type ExitCode, exitCodes } from './exit-code.ts';
import type { LintOptions } from './lint.ts';
import { ConfigurationLoader, InvalidConfiguration, type LintConfiguration } from './lint-configuration.ts';
import { fixSubject } from './lint-fix.ts';
import { hostFor } from './lint-host.ts';
import { ignoredPaths } from './lint-ignore.ts';
import {
  type LintSource,
  type LintSubject,
  openSubject,
  readLintSources,
  withoutParts,
} from './lint-input.ts';
import { LintOutput } from './lint-output.ts';
import { write } from './output.ts';
import { ruleEntries } from './rule-option.ts';
import { UsageError } from './usage-error.ts';

export type LintArguments = ArgumentsCamelCase<LintOptions & CommonOptions>;

/** The work of `xcfg lint`. */
export async function runLint(args: LintArguments, io: CommandIo): Promise<ExitCode> {
  refuseContradictions(args);
  const rules = await loadRules();
  const commandLine = ruleEntries(args.rule ?? [], rules);
  try {
    return await lintAll(
      args,
      io,
      rules,
      new ConfigurationLoader(rules, {
        file: args.config,
        cwd: io.cwd,
        commandLine,
        dialect: args.dialect,
      }),
    );
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    await write(io.stderr, error.problems.map(compactLine).join(''));
    return exitCodes.failure;
  }
}

function refuseContradictions({ writeBaseline, baseline, fix, unsafeFixes }: LintArguments): void {
  if (writeBaseline && baseline === undefined) {
    throw new UsageError('--write-baseline needs a file to write', 'name it with --baseline FILE');
  }
  if (writeBaseline && (fix || unsafeFixes)) {
    throw new UsageError('--write-baseline cannot be had together with fixes', 'make the fixes first');
  }
}

/** One tree with everything that decides how it is looked at. */
interface Task {
  readonly subject: LintSubject;
  readonly configuration: LintConfiguration;
  readonly host: Host | undefined;
}

async function lintAll(
  args: LintArguments,
  io: CommandIo,
  rules: readonly Rule[],
  loader: ConfigurationLoader,
): Promise<ExitCode> {
  const output = new LintOutput(args, io, rules);
  const input = await readLintSources(mainAndNamed(args), io, {
    stdinFilename: args.stdinFilename,
    root: args.root,
    isIgnored: await ignoredPaths(args, io.cwd),
  });
  output.addFailures(input.failures);
  const tasks = await openTasks(input.sources, args, io, loader);
  const named = namedFiles(args, input.sources, io.cwd);
  const report = (tree: SourceTree, found: readonly Diagnostic[], configuration: LintConfiguration) => {
    const files = fileReports(tree, found);
    output.add(
      named === undefined ? files : files.filter(({ source }) => named.has(resolve(io.cwd, source.path))),
      configuration,
    );
  };
  for (const task of tasks) {
    const { subject } = task;
    const lint = linter(task, args);
    if (args.fix || args.unsafeFixes || args.diff) {
      const level = args.unsafeFixes ? 'unsafe' : 'safe';
      const isColored = wantsColor(io.stdout, io.env, args.color);
      const run = { level, isDiff: args.diff === true, isColored, root: args.root } as const;
      const fixed = await fixSubject(subject, run, lint, task.host, io);
      output.addFixed(fixed);
      report(fixed.tree, fixed.diagnostics, task.configuration);
    } else report(subject.tree, lint(subject.tree), task.configuration);
  }
  return await output.finish();
}

/** With `--main` the named files are looked at as parts of it. */
function mainAndNamed({ main, paths = [] }: LintArguments): readonly string[] {
  return main === undefined ? paths : [main, ...paths];
}

/** With `--main` the named files alone are of interest; undefined means that all are. */
function namedFiles(
  { main }: LintArguments,
  sources: readonly LintSource[],
  cwd: string,
): ReadonlySet<string> | undefined {
  if (main === undefined) return undefined;
  const [, ...others] = sources;
  return new Set(others.flatMap((each) => each.sources.map(({ path }) => resolve(cwd, path))));
}

async function openTasks(
  sources: readonly LintSource[],
  args: LintArguments,
  io: CommandIo,
  loader: ConfigurationLoader,
): Promise<readonly Task[]> {
  const root = args.root === undefined ? undefined : resolve(io.cwd, args.root);
  const files = diskFiles({ directory: io.cwd, root });
  const opened: { subject: LintSubject; configuration: LintConfiguration }[] = [];
  for (const source of sources) {
    const configuration = await loader.for(source.isFolder ? `${source.path}/.` : source.path);
    const subject = openSubject(source, {
      files,
      cwd: io.cwd,
      follow: args.follow,
      formatOf: configuration.formatOf,
      placeholders: configuration.placeholders,
      ...(args.from === 'auto' ? {} : { format: args.from }),
    });
    opened.push({ subject, configuration });
  }
  const kept = new Set(withoutParts(opened.map(({ subject }) => subject)));
  const tasks: Task[] = [];
  for (const { subject, configuration } of opened) {
    if (!kept.has(subject)) continue;
    const choice = { facts: args.facts, etc: args.etc, root: args.root, cwd: io.cwd };
    tasks.push({ subject, configuration, host: await hostFor(subject.tree, choice, configuration.facts) });
  }
  return tasks;
}

function linter(
  { configuration, host }: Task,
  args: LintArguments,
): (tree: SourceTree) => readonly Diagnostic[] {
  const { settings, target, locked } = configuration;
  const options: EngineOptions = {
    rulesFor: (path) => settings.rulesFor(path),
    target,
    locked,
    honoursDirectives: args.inlineConfig,
    fixRules: args.fixRule ?? [],
    ...(host === undefined ? {} : { host }),
  };
  return (tree) => lintTree(tree, options);
}

/** The findings by file; a file that only a finding is about comes last. */
function fileReports(tree: SourceTree, diagnostics: readonly Diagnostic[]): FileReport[] {
  const bySource = new Map<SourceText, Diagnostic[]>(tree.files.map(({ source }) => [source, []]));
  for (const diagnostic of diagnostics) {
    const { source } = diagnostic.location;
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...bySource].map(([source, found]) => ({ source, diagnostics: found.sort(compareDiagnostics) }));
}
