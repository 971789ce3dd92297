import type { File } from '../ast/nodes.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import { type Advice, advise, isTcpmuxMaster } from '../grammar/inetd/advice.ts';
import { EntryValues } from '../grammar/inetd/entry-values.ts';
import { isLost } from '../grammar/inetd/problems.ts';
import type { SourceTree } from './source-tree.ts';

/** What is wrong with the entries of an inetd.conf that are well formed, seen with the files that are read with it. */
export function adviseInTree(file: File, tree: SourceTree, dialect: DialectChoice): readonly Advice[] {
  const advice = advise(file.children, dialect);
  const isOrphan = ({ problem }: Advice) => problem.code === 'tcpmux-no-master';
  if (!advice.some(isOrphan) || !tree.files.some((each) => hasTcpmuxMaster(each.file))) return advice;
  return advice.filter((each) => !isOrphan(each));
}

function hasTcpmuxMaster({ format, children }: File): boolean {
  if (format !== 'inetd') return false;
  return children.some((node) => {
    if (node.type !== 'Entry' || node.syntax === 'block') return false;
    if (node.disabled !== null || isLost(node.problems)) return false;
    return isTcpmuxMaster(node, new EntryValues(node));
  });
}
