import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compareDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Host } from '../lint/host.ts';
import { type LintOptions as EngineOptions, lintTree } from '../lint/lint.ts';
import type { ReadTreeOptions } from '../lint/read-tree.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { dialectOfTarget } from '../lint/target.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { excerptReports } from '../report/excerpt.ts';
import type { FileReport } from '../report/report.ts';
import type { SourceText } from '../text/source-text.ts';
import { FileError } from './file-error.ts';
import { unreadable } from './input.ts';
import type { ConfigurationLoader, LintConfiguration } from './lint-configuration.ts';
import { hostFor } from './lint-host.ts';
import type { LintSource } from './lint-input.ts';
import { LintSubject } from './lint-subject.ts';

import type { LintArguments } from './run-lint.ts';

/** One tree with everything that decides how it is looked at. */
export interface LintTask {
  readonly subject: LintSubject;
  readonly configuration: LintConfiguration;
}

/** What came of a task. */
export interface TaskReport {
  readonly files: readonly FileReport[];
  /** What could be read no longer when its turn came. */
  readonly failures: readonly Diagnostic[];
}

/** Makes tasks of sources; what depends on the configuration alone is made once for each. */
export class TaskOpener {
  readonly #args: LintArguments;
  readonly #cwd: string;
  readonly #loader: ConfigurationLoader;
  readonly #options = new Map<LintConfiguration, ReadTreeOptions>();

  constructor(args: LintArguments, cwd: string, loader: ConfigurationLoader) {
    this.#args = args;
    this.#cwd = cwd;
    this.#loader = loader;
  }

  /** @throws InvalidConfiguration, FileError when the configuration cannot be had */
  async open(from: LintSource): Promise<LintTask> {
    const configuration = await this.#loader.for(from.isFolder ? `${from.path}/.` : from.path);
    let options = this.#options.get(configuration);
    if (options === undefined) {
      options = this.#optionsFor(configuration);
      this.#options.set(configuration, options);
    }
    return { subject: new LintSubject(from, options), configuration };
  }

  #optionsFor({ formatOf, placeholders, target }: LintConfiguration): ReadTreeOptions {
    const { root, follow, from } = this.#args;
    return {
      files: diskFiles({
        directory: this.#cwd,
        root: root === undefined ? undefined : resolve(this.#cwd, root),
      }),
      cwd: this.#cwd,
      follow,
      formatOf,
      placeholders,
      dialect: dialectOfTarget(target),
      inetdCompat: target.inetdCompat,
      ...(from === 'auto' ? {} : { format: from }),
    };
  }
}

export function hostOf(
  { configuration, subject }: LintTask,
  args: LintArguments,
  cwd: string,
): Promise<Host | undefined> {
  const choice = { facts: args.facts, etc: args.etc, root: args.root, cwd };
  return hostFor(() => subject.open(), choice, configuration.facts);
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

/** Reads the tree of a task, reports on it and lets go of it. */
export async function lintTask(
  task: LintTask,
  args: LintArguments,
  cwd: string,
  onFile: () => void,
): Promise<TaskReport> {
  let tree: SourceTree;
  try {
    tree = task.subject.open();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { files: [], failures: [unreadable(error)] };
  }
  const host = await hostOf(task, args, cwd);
  const files = fileReports(tree, linter(task, host, args, onFile)(tree));
  task.subject.close();
  for (const file of task.subject.from.files) file.release();
  return { files, failures: task.subject.gone };
}

/** The findings by file; a file that only a finding is about comes last. Of the texts there is what reports show. */
export function fileReports(tree: SourceTree, diagnostics: readonly Diagnostic[]): FileReport[] {
  const bySource = new Map<SourceText, Diagnostic[]>(tree.files.map(({ source }) => [source, []]));
  for (const diagnostic of diagnostics) {
    const { source } = diagnostic.location;
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [diagnostic]);
    else known.push(diagnostic);
  }
  return excerptReports(
    [...bySource].map(([source, found]) => ({ source, diagnostics: found.sort(compareDiagnostics) })),
  );
}
