import type { BlockEntry, File, Problem, TopLevel, Unknown } from '../../ast/nodes.ts';

/** A line outside of all entries, with the entry (or all services) that it may have been meant for. */
export interface StrayText {
  readonly node: Unknown;
  readonly problem: Problem | undefined;
  readonly owner: BlockEntry | 'all' | null;
}

/**
 * The lines of a file that belong to no entry. A block under an unknown header of one word may be a misspelt
 * `defaults`, one with more words is a misspelt service and concerns nobody else; lines without a header belong to the
 * entry above them, which was closed too early.
 */
export function strayTexts(file: File): readonly StrayText[] {
  if (!file.children.some(({ type }) => type === 'Unknown')) return [];
  const texts: StrayText[] = [];
  let owner: BlockEntry | 'all' | null = 'all';
  const nodes = file.children.filter((node) => node.type !== 'Comment' && node.type !== 'Blank');
  const problems = [...file.problems].sort((a, b) => a.start - b.start);
  let nextProblem = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'Entry' && node.syntax === 'block') owner = node;
    if (node.type !== 'Unknown') continue;
    if (startsBlock(nodes[index + 1])) owner = node.words.length === 1 ? 'all' : null;
    while ((problems[nextProblem]?.start ?? node.start) < node.start) nextProblem += 1;
    const found = problems[nextProblem];
    const problem = found !== undefined && found.start <= node.end ? found : undefined;
    texts.push({ node, problem, owner });
  }
  return texts;
}

function startsBlock(node: TopLevel | undefined): boolean {
  return node?.type === 'Unknown' && node.words[0]?.text === '{';
}
