import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compareDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Host } from '../lint/host.ts';
import { type LintOptions as EngineOptions, lintTree } from '../lint/lint.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { dialectOfTarget } from '../lint/target.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import type { FileReport } from '../report/report.ts';
import type { SourceText } from '../text/source-text.ts';
import type { ConfigurationLoader, LintConfiguration } from './lint-configuration.ts';
import { hostFor } from './lint-host.ts';
import { type LintSource, type LintSubject, openSubject } from './lint-input.ts';
import type { LintArguments } from './run-lint.ts';

/** One tree with everything that decides how it is looked at. */
export interface LintTask {
  readonly subject: LintSubject;
  readonly configuration: LintConfiguration;
}

export async function openTask(
  from: LintSource,
  args: LintArguments,
  cwd: string,
  loader: ConfigurationLoader,
): Promise<LintTask> {
  const root = args.root === undefined ? undefined : resolve(cwd, args.root);
  const configuration = await loader.for(from.isFolder ? `${from.path}/.` : from.path);
  const subject = openSubject(from, {
    files: diskFiles({ directory: cwd, root }),
    cwd,
    follow: args.follow,
    formatOf: configuration.formatOf,
    placeholders: configuration.placeholders,
    dialect: dialectOfTarget(configuration.target),
    inetdCompat: configuration.target.inetdCompat,
    ...(args.from === 'auto' ? {} : { format: args.from }),
  });
  return { subject, configuration };
}

export function hostOf(
  { configuration, subject }: LintTask,
  args: LintArguments,
  cwd: string,
): Promise<Host | undefined> {
  const choice = { facts: args.facts, etc: args.etc, root: args.root, cwd };
  return hostFor(subject.open, choice, configuration.facts);
}

/** What lints the tree of a task, as it is or with fixes. */
export function linter(
  { configuration }: LintTask,
  host: Host | undefined,
  args: LintArguments,
  onFile: () => void = () => {},
): (tree: SourceTree) => readonly Diagnostic[] {
  const { settings, target, locked } = configuration;
  const options: EngineOptions = {
    onFile,
    rulesFor: (path) => settings.rulesFor(path),
    target,
    locked,
    honoursDirectives: args.inlineConfig,
    fixRules: args.fixRule ?? [],
    ...(host === undefined ? {} : { host }),
  };
  return (tree) => lintTree(tree, options);
}

/** Reads the tree of a task and reports on it. */
export async function lintTask(
  task: LintTask,
  args: LintArguments,
  cwd: string,
  onFile: () => void,
): Promise<readonly FileReport[]> {
  const tree = task.subject.open();
  const host = await hostOf(task, args, cwd);
  return fileReports(tree, linter(task, host, args, onFile)(tree));
}

/** The findings by file; a file that only a finding is about comes last. */
export function fileReports(tree: SourceTree, diagnostics: readonly Diagnostic[]): FileReport[] {
  const bySource = new Map<SourceText, Diagnostic[]>(tree.files.map(({ source }) => [source, []]));
  for (const diagnostic of diagnostics) {
    const { source } = diagnostic.location;
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...bySource].map(([source, found]) => ({ source, diagnostics: found.sort(compareDiagnostics) }));
}
