import type { Directive, LineEntry, PairsEntry, Problem, TopLevel } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type AdviceOptions, advise } from './advice.ts';
import { disabledEntryIn } from './disabled-entry.ts';
import { type Inherited, type NeutralEntry, neutralEntry } from './neutral-entry.ts';
import type { InetdParseResult } from './parse.ts';
import { isLost } from './problems.ts';

/** A file as plain data: what tools that are no part of this project compare and read. */
export interface NeutralFile {
  readonly entries: readonly NeutralEntry[];
  readonly errors: readonly NeutralError[];
  readonly directives: readonly NeutralDirective[];
}

export interface NeutralError {
  /** The line that a daemon would name. */
  readonly line: number;
  readonly severity: Problem['severity'];
  readonly reason: string;
  readonly code: string;
}

export type NeutralDirective = { readonly line: number } & (
  | { readonly kind: 'default-bind'; readonly address: string }
  | { readonly kind: 'ipsec-policy'; readonly policy: string | null }
  | { readonly kind: 'include'; readonly pattern: string }
  | { readonly kind: 'section'; readonly name: string; readonly title: string }
);

const nothingInherited: Inherited = { bind: null, ipsecPolicy: null, section: null };

/** Entries in file order, lost ones left out; a comment that holds a whole entry is an entry switched off. */
export function neutralFile(parsed: InetdParseResult, options: AdviceOptions = {}): NeutralFile {
  const { source, file, dialect } = parsed;
  const nodes = nodesRead(parsed);
  const advice = advise(nodes, dialect, options);
  const lost = new Set(advice.filter(({ problem }) => isLost([problem])).map(({ entry }) => entry));
  const end = nodes === file.children ? file.end : (nodes.at(-1)?.end ?? 0);
  const errors = [
    ...file.problems.filter(({ start }) => start < end).map((problem) => neutralError(problem, source)),
    ...advice.map(({ entry, problem }) => neutralError(problem, source, entry)),
  ];
  const entries: NeutralEntry[] = [];
  const directives: NeutralDirective[] = [];
  let inherited = nothingInherited;
  for (const node of nodes) {
    if (node.type === 'Directive') {
      inherited = inheritedAfter(node, inherited);
      directives.push(neutralDirective(node, source));
    } else if (node.type === 'Entry' && node.syntax !== 'block') {
      for (const problem of node.problems) errors.push(neutralError(problem, source, node));
      if (!isLost(node.problems) && !lost.has(node)) entries.push(neutralEntry(node, source, inherited));
    } else if (node.type === 'Comment') {
      const entry = disabledEntryIn(node, source, dialect);
      if (entry !== null && !isLost(entry.problems))
        entries.push(neutralEntry(entry, source, nothingInherited));
    }
  }
  return { entries, errors: errors.sort((a, b) => a.line - b.line), directives };
}

/** NetBSD reads no further than the first definition whose syntax it cannot follow. */
function nodesRead({ file, dialect }: InetdParseResult): readonly TopLevel[] {
  if (dialect !== 'netbsd') return file.children;
  const stop = file.children.findIndex((node) => node.type === 'Entry' && node.problems.some(stopsReading));
  return stop === -1 ? file.children : file.children.slice(0, stop + 1);
}

function stopsReading({ code }: Problem): boolean {
  return code === 'kv-syntax' || code === 'kv-unterminated';
}

/** Faults of a definition are reported at its first line, wherever in it they stand. */
function neutralError(problem: Problem, source: SourceText, entry?: LineEntry | PairsEntry): NeutralError {
  const at = entry?.syntax === 'pairs' ? entry.start : problem.start;
  const { severity, message: reason, code } = problem;
  return { line: source.lineAt(at), severity, reason, code };
}

function inheritedAfter({ kind, values }: Directive, before: Inherited): Inherited {
  const texts = values.map((value) => value.text);
  switch (kind) {
    case 'default-bind':
      // `*:` takes the default back.
      return { ...before, bind: texts.includes('*') ? null : texts };
    case 'ipsec-policy':
      return { ...before, ipsecPolicy: texts[0] ?? null };
    case 'section':
      return { ...before, section: texts[0] ?? null };
    default:
      return before;
  }
}

function neutralDirective({ kind, values, start }: Directive, source: SourceText): NeutralDirective {
  const line = source.lineAt(start);
  const [first, second] = values.map((value) => value.text);
  switch (kind) {
    case 'default-bind':
      return { line, kind, address: values.map((value) => value.text).join(',') };
    case 'ipsec-policy':
      return { line, kind, policy: first ?? null };
    case 'section':
      return { line, kind, name: first ?? '', title: second ?? '' };
    default:
      return { line, kind: 'include', pattern: first ?? '' };
  }
}
