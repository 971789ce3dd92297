import type { File, Problem, TopLevel } from '../ast/nodes.ts';
import { isIgnoreMark } from './ignore-mark.ts';

/** What of a file stays as it is. */
export interface KeptNodes {
  /** Nothing about them changes, not even a line feed that is missing at the end of the file. */
  readonly faulty: ReadonlySet<TopLevel>;
  /** Below an ignore mark, with nothing but comments between. */
  readonly ignored: ReadonlySet<TopLevel>;
  /** The errors of the file, in source order. */
  readonly faults: readonly Problem[];
}

/** Looks at every node once: entries of inetd.conf are read when they are asked, and forget it again. */
export function keptNodes(file: File): KeptNodes {
  const faulty = new Set<TopLevel>();
  const ignored = new Set<TopLevel>();
  const faults = file.problems.filter(isError);
  let isMarked = false;
  for (const node of file.children) {
    const errors = node.type === 'Entry' ? node.problems.filter(isError) : [];
    for (const error of errors) faults.push(error);
    if (node.type === 'Unknown' || errors.length > 0) faulty.add(node);
    if (isMarked && node.type !== 'Comment' && node.type !== 'Blank') ignored.add(node);
    isMarked = node.type === 'Comment' && (isMarked || isIgnoreMark(node));
  }
  faults.sort((a, b) => a.start - b.start || a.end - b.end);
  return { faulty, ignored, faults };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}
