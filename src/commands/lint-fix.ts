import { resolve } from 'node:path';
import type { Diagnostic, FixSafety } from '../diagnostics/diagnostic.ts';
import { type FixedTree, fixTree, type Overrides } from '../lint/fix-tree.ts';
import type { Host } from '../lint/host.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { hideSecrets } from '../report/redact.ts';
import type { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { FileError } from './file-error.ts';
import { belowRoot } from './lint-input.ts';
import type { LintSubject } from './lint-subject.ts';
import { write } from './output.ts';
import type { ShownPaths } from './shown-paths.ts';
import { unifiedDiff } from './unified-diff.ts';
import { writeFileAtomically } from './write-file.ts';

export interface FixRun {
  readonly level: FixSafety;
  readonly isDiff: boolean;
  readonly isColored: boolean;
  readonly root: string | undefined;
  readonly shown: ShownPaths;
  /** What has been shown of files and not written: another tree that has them in it goes on from there. */
  readonly pending: Map<string, SourceText>;
}

export interface FixOutcome extends FixedTree {
  readonly failures: readonly FileError[];
}

/** Makes the fixes of a tree and writes the files, prints standard input, or shows the difference. */
export async function fixSubject(
  subject: LintSubject,
  run: FixRun,
  lint: (tree: SourceTree) => readonly Diagnostic[],
  host: Host | undefined,
  io: CommandIo,
): Promise<FixOutcome> {
  const { stdin } = subject;
  const pending = [...run.pending].filter(([path]) => path !== stdin?.path);
  const read = (overrides: Overrides) => subject.read(new Map([...pending, ...overrides]));
  const fixed = fixTree({ level: run.level, read, lint, host });
  const hide = hideSecrets(fixed.diagnostics);
  const failures: FileError[] = [];
  const unwritten = new Set<string>();
  for (const { source, path } of fixed.original.files) {
    const changed = fixed.changed.get(path);
    if (run.isDiff) {
      if (changed === undefined) continue;
      await write(io.stdout, difference(run.shown.source(source), changed, run.isColored, hide));
      if (path !== stdin?.path) run.pending.set(path, changed);
    } else if (path === stdin?.path) {
      await write(io.stdout, source.encode((changed ?? source).text));
    } else if (changed !== undefined) {
      try {
        writeFileAtomically(belowRoot(source.path, run.root, io.cwd), changed.encode(), {
          cwd: io.cwd,
          expected: source.encode(),
        });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failures.push(error);
        unwritten.add(path);
      }
    }
  }
  if (unwritten.size === 0) return { ...fixed, failures };
  // What could not be written is as it was, and so is what there is to say about it.
  const changed = new Map([...fixed.changed].filter(([path]) => !unwritten.has(path)));
  const tree = subject.read(changed);
  const made = fixed.made.filter(({ location }) => !unwritten.has(resolve(io.cwd, location.source.path)));
  return { ...fixed, tree, diagnostics: lint(tree), changed, made, failures };
}

/** Logs keep a difference like any report, so it shows no secret; a part that would hold one is not fit to be applied. */
function difference(
  before: SourceText,
  after: SourceText,
  isColored: boolean,
  hide: ReturnType<typeof hideSecrets>,
): Uint8Array {
  const whole = { start: 0, end: before.text.length, text: after.text };
  const text = unifiedDiff(before, [whole], isColored);
  return before.encode(hide?.(text) ?? text);
}
