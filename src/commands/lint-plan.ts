import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NotIncluded } from '../lint/source-tree.ts';
import type { LintSource } from './lint-input.ts';
import { pathsOf } from './lint-subject.ts';
import type { LintTask, TaskOpener } from './lint-tasks.ts';

/** Trees of so many files are held until their turn comes; those of more are read again then. */
const mostHeld = 500;

/** What a run is going to lint, in order, and how much that is. */
export class LintPlan {
  /** Without those of which every file is a part of another tree. */
  readonly sources: readonly LintSource[];
  /** What they include and could not be read. */
  readonly unread: readonly Diagnostic[];
  readonly files: number;
  readonly #opener: TaskOpener;
  /** Of those that include something. For each of thousands of files that stand alone nothing is kept. */
  readonly #tasks: ReadonlyMap<LintSource, LintTask>;

  private constructor(
    sources: readonly LintSource[],
    opener: TaskOpener,
    tasks: ReadonlyMap<LintSource, LintTask>,
  ) {
    this.sources = sources;
    this.#opener = opener;
    this.#tasks = tasks;
    this.unread = sources.flatMap((source) => tasks.get(source)?.subject.unread ?? []);
    this.files = sources.reduce((sum, source) => sum + this.filesOf(source), 0);
  }

  /**
   * Finds out what the sources include.
   * @throws InvalidConfiguration, FileError when the configuration of one of them cannot be had
   */
  static async of(sources: readonly LintSource[], opener: TaskOpener, cwd: string): Promise<LintPlan> {
    const tasks = new Map<LintSource, LintTask>();
    const seen = new Set<string>();
    const kept = new Set<LintSource>();
    const dropIns = new Set(sources.flatMap(({ dropIns = [] }) => dropIns.flatMap(({ files }) => files)));
    const keep = (source: LintSource) => {
      const paths = tasks.get(source)?.subject.paths ?? pathsOf(source, cwd);
      // Standard input may go by the name of a file that holds something else.
      const isItself = !source.isStdin || source.files.some((file) => dropIns.has(file));
      if (isItself && paths.length > 0 && paths.every((path) => seen.has(path))) return;
      for (const path of paths) seen.add(path);
      kept.add(source);
    };
    const all: LintSource[] = [];
    const partial: LintSource[] = [];
    let notIncluded: NotIncluded | undefined;
    let held = 0;
    for (const named of sources) {
      const source = notIncluded === undefined ? named : { ...named, notIncluded };
      all.push(source);
      const task = await opener.open(source);
      if (task.subject.held > 0 || task.subject.unread.length > 0) tasks.set(source, task);
      if (source.dropIns !== undefined) notIncluded = task.subject.notIncluded;
      // The first is held however large it is: often it is the only one.
      if (held > 0 && held + task.subject.held > mostHeld) task.subject.close();
      held += task.subject.held;
      if (task.subject.isPartial) partial.push(source);
      else keep(source);
    }
    for (const source of partial) keep(source);
    return new LintPlan(
      all.filter((source) => kept.has(source)),
      opener,
      tasks,
    );
  }

  /** Of how many files the tree of a source is. */
  filesOf(source: LintSource): number {
    return this.#tasks.get(source)?.subject.paths.length ?? source.files.length;
  }

  async task(source: LintSource): Promise<LintTask> {
    return this.#tasks.get(source) ?? (await this.#opener.open(source));
  }
}
