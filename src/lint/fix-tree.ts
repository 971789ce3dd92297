import type { Diagnostic, FixSafety } from '../diagnostics/diagnostic.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { Analysis } from './analysis.ts';
import { harmOf } from './harm.ts';
import { harmlessFixes } from './harmless-fixes.ts';
import type { Host } from './host.ts';
import type { SourceTree } from './source-tree.ts';

/** Other texts in place of files, by the path where they lie. */
export type Overrides = ReadonlyMap<string, SourceText>;

export interface FixTreeOptions {
  /** `unsafe` makes all fixes, `safe` those that open nothing and lose nothing. */
  readonly level: FixSafety;
  /** Reads the tree again, with other texts in place of some files. */
  readonly read: (overrides: Overrides) => SourceTree;
  readonly lint: (tree: SourceTree) => readonly Diagnostic[];
  readonly host?: Host | undefined;
}

export interface FixedTree {
  /** The tree as it was read before any of them. */
  readonly original: SourceTree;
  /** The tree after all passes. */
  readonly tree: SourceTree;
  /** What is left to say about it. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files that changed, by the path where they lie. */
  readonly changed: Overrides;
  /** The findings whose fixes were made, in order. */
  readonly made: readonly Diagnostic[];
  /** Whether fixes that are safe one by one were left because they are not together. */
  readonly isHeldBack: boolean;
}

/** Fixes make room for others; more passes than this would mean that two undo each other. */
const mostPasses = 10;

/** Makes fixes until there are none left to make. */
export function fixTree(options: FixTreeOptions): FixedTree {
  const original = options.read(new Map());
  const changed = new Map<string, SourceText>();
  let tree = original;
  let diagnostics = options.lint(tree);
  let made: readonly Diagnostic[] = [];
  let isHeldBack = false;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const wanted = diagnostics.filter(({ fix }) => fix !== undefined && isWanted(fix.safety, options.level));
    if (wanted.length === 0) break;
    const batch = options.level === 'unsafe' ? wanted : withoutHarm(wanted, tree, original, options, changed);
    if (batch.length < wanted.length) isHeldBack = true;
    const applied = apply(batch, tree, changed);
    if (applied.length === 0) break;
    made = [...made, ...applied];
    tree = options.read(changed);
    diagnostics = options.lint(tree);
  }
  for (const [path, source] of changed) {
    const before = original.files.find((file) => file.path === path)?.source;
    if (before?.text === source.text) changed.delete(path);
  }
  return { original, tree, diagnostics, changed, made, isHeldBack };
}

function isWanted(safety: FixSafety, level: FixSafety): boolean {
  return level === 'unsafe' || safety === 'safe';
}

/** Tries fixes against the configuration as it was at the beginning. */
function withoutHarm(
  wanted: readonly Diagnostic[],
  tree: SourceTree,
  original: SourceTree,
  options: FixTreeOptions,
  changed: Overrides,
): readonly Diagnostic[] {
  const before = new Analysis(original, options.host).configuration;
  return harmlessFixes(wanted, tree, (batch) => {
    const attempt = new Map(changed);
    apply(batch, tree, attempt);
    return harmOf(before, new Analysis(options.read(attempt), options.host).configuration);
  });
}

/** Applies what does not overlap, file by file; returns the findings whose fixes found room. */
function apply(
  batch: readonly Diagnostic[],
  tree: SourceTree,
  changed: Map<string, SourceText>,
): readonly Diagnostic[] {
  const applied: Diagnostic[] = [];
  for (const { source, path } of tree.files) {
    const edits: TextEdit[] = [];
    for (const each of batch) {
      const { location, fix } = each;
      if (location.source !== source || fix === undefined || overlaps(fix.edits, edits)) continue;
      edits.push(...fix.edits);
      applied.push(each);
    }
    if (edits.length === 0) continue;
    changed.set(path, new SourceText(source.path, applyEdits(source.text, edits), source.encoding));
  }
  return applied;
}

function overlaps(edits: readonly TextEdit[], taken: readonly TextEdit[]): boolean {
  return edits.some((edit) => taken.some((other) => edit.start <= other.end && other.start <= edit.end));
}
