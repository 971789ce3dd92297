import type { Range } from '../text/range.ts';
import { Attempts } from './attempts.ts';
import type { RawFinding } from './raw-finding.ts';
import type { SourceTree } from './source-tree.ts';

/**
 * Leaves out what follows from another finding: a trailing comment makes a wrong number of values and bad keywords,
 * but there is one thing to repair. Rules say which rules they explain: on the same line, or at the same words where
 * the fault goes no further. What is missing is explained by a line that says it and does not count.
 */
export function keepRootCauses(findings: readonly RawFinding[], tree: SourceTree): RawFinding[] {
  const kept = withoutSameLine(withoutSameFile(findings));
  if (!kept.some(({ finding }) => finding.lacks !== undefined)) return kept;
  const attempts = new Attempts(kept, tree);
  return kept.filter((each) => !attempts.explain(each));
}

/** What follows from a whole file that should not be there, or not be read. */
function withoutSameFile(findings: readonly RawFinding[]): readonly RawFinding[] {
  const explained = new Set<string>();
  for (const { rule, source } of findings) {
    for (const name of rule.meta.explainsInFile ?? []) explained.add(`${name} ${source.path}`);
  }
  if (explained.size === 0) return findings;
  return findings.filter(({ rule, source }) => !explained.has(`${rule.meta.name} ${source.path}`));
}

function withoutSameLine(findings: readonly RawFinding[]): RawFinding[] {
  const causes = new Map<string, RawFinding[]>();
  for (const each of findings) {
    const { explains, explainsAtWord } = each.rule.meta;
    if (explains === undefined && explainsAtWord === undefined) continue;
    const key = lineOf(each);
    const sameLine = causes.get(key);
    if (sameLine === undefined) causes.set(key, [each]);
    else sameLine.push(each);
  }
  if (causes.size === 0) return [...findings];
  return findings.filter((each) => !causes.get(lineOf(each))?.some((cause) => explains(cause, each)));
}

function explains(cause: RawFinding, other: RawFinding): boolean {
  if (cause === other) return false;
  const { explains = [], explainsAtWord = [] } = cause.rule.meta;
  return (
    names(explains, other) || (names(explainsAtWord, other) && overlap(cause.finding.at, other.finding.at))
  );
}

function names(patterns: readonly string[], { rule }: RawFinding): boolean {
  const { name } = rule.meta;
  return patterns.some(
    (pattern) => pattern === name || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1))),
  );
}

function overlap(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

function lineOf({ source, finding }: RawFinding): string {
  return `${source.lineAt(finding.at.start)} ${source.path}`;
}
