import { Chalk } from 'chalk';
import { diffArrays } from 'diff';
import { escapeControl } from '../text/escape-control.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';

/** Lines around a change that a hunk shows. */
const contextLines = 3;

/**
 * How many changes within one edit are looked for, which takes quadratic time; beyond that all its old lines are shown
 * as removed and all its new ones as added.
 */
const maxEditLength = 2000;

/** A line with its line end, and what becomes of it. */
interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * What edits change in a file, as `patch -p0` reads it; empty where that is nothing. In colour it is for terminals, and
 * shows control characters instead of sending them.
 *
 * The edits are in order and of whole lines, one of the whole file if need be. Many small ones take linear time, where
 * a comparison of the whole texts would take quadratic.
 */
export function unifiedDiff(source: SourceText, edits: readonly TextEdit[], isColored: boolean): string {
  const hunks = hunksOf(diffLines(source.text, edits));
  if (hunks.length === 0) return '';
  const lines = [`--- ${source.path}`, `+++ ${source.path}`, ...hunks];
  return lines.map((line, index) => `${isColored ? coloredLine(line, index) : line}\n`).join('');
}

function diffLines(text: string, edits: readonly TextEdit[]): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  const add = (sign: DiffLine['sign'], texts: readonly string[]) => {
    for (const each of texts) lines.push({ sign, text: each });
  };
  let at = 0;
  for (const edit of edits) {
    add(' ', linesOf(text.slice(at, edit.start)));
    const before = linesOf(text.slice(edit.start, edit.end));
    const after = linesOf(edit.text);
    const changes = diffArrays([...before], [...after], { maxEditLength });
    for (const { added, removed, value } of changes ?? replacement(before, after)) {
      add(added ? '+' : removed ? '-' : ' ', value);
    }
    at = edit.end;
  }
  add(' ', linesOf(text.slice(at)));
  return lines;
}

function replacement(before: readonly string[], after: readonly string[]) {
  return [
    { added: false, removed: true, value: before },
    { added: true, removed: false, value: after },
  ];
}

/** Lines with their line ends; only the last one may lack it. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The lines of a patch without its head: changes with their context, those that are near each other in one hunk. */
function hunksOf(lines: readonly DiffLine[]): readonly string[] {
  const patch: string[] = [];
  const next = { before: 1, after: 1 };
  let done = 0;
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.sign === ' ') continue;
    const start = Math.max(done, at - contextLines);
    const end = hunkEnd(lines, at);
    advance(next, lines.slice(done, start));
    const hunk = lines.slice(start, end);
    const from = { ...next };
    advance(next, hunk);
    patch.push(`@@ -${span(from.before, next.before)} +${span(from.after, next.after)} @@`);
    for (const line of hunk) patch.push(...patchLines(line));
    done = end;
    at = end - 1;
  }
  return patch;
}

/** Behind the context of the last change that is not further from the one before it than two contexts. */
function hunkEnd(lines: readonly DiffLine[], start: number): number {
  let last = start;
  for (let at = start; at < lines.length && at - last <= 2 * contextLines; at += 1) {
    if (lines[at]?.sign !== ' ') last = at;
  }
  return Math.min(lines.length, last + 1 + contextLines);
}

/** Counts lines of the old and the new text. */
function advance(next: { before: number; after: number }, lines: readonly DiffLine[]): void {
  for (const { sign } of lines) {
    if (sign !== '+') next.before += 1;
    if (sign !== '-') next.after += 1;
  }
}

/** `first,count`; for no lines at all the line before them. */
function span(first: number, behind: number): string {
  const count = behind - first;
  if (count === 1) return String(first);
  return `${count === 0 ? first - 1 : first},${count}`;
}

function patchLines({ sign, text }: DiffLine): readonly string[] {
  if (text.endsWith('\n')) return [sign + text.slice(0, -1)];
  return [sign + text, '\\ No newline at end of file'];
}

const chalk = new Chalk({ level: 1 });

function coloredLine(line: string, index: number): string {
  const visible = line.split('\t').map(escapeControl).join('\t');
  if (index < 2) return chalk.bold(visible);
  if (line.startsWith('@@')) return chalk.cyan(visible);
  if (line.startsWith('+')) return chalk.green(visible);
  return line.startsWith('-') ? chalk.red(visible) : visible;
}
