import type { LineEntry, TopLevel } from '../ast/nodes.ts';
import { type Row, tabColumns } from './tab-columns.ts';

/** An inetd.conf entry as cells; null where it must stay as it is. */
export type RowOf = (entry: LineEntry) => Row | null;

/**
 * Lines of inetd.conf entries in columns, without their ends. Entries share their columns up to the next blank line,
 * directive or section header; comments and entries that stay as they are do not part them.
 */
export function alignEntries(children: readonly TopLevel[], rowOf: RowOf): ReadonlyMap<TopLevel, string> {
  const lines = new Map<TopLevel, string>();
  let entries: LineEntry[] = [];
  let rows: Row[] = [];
  const endGroup = () => {
    for (const [index, text] of tabColumns(rows).entries()) {
      const entry = entries[index];
      if (entry !== undefined) lines.set(entry, text);
    }
    entries = [];
    rows = [];
  };
  for (const node of children) {
    if (node.type === 'Blank' || node.type === 'Directive') endGroup();
    if (node.type !== 'Entry' || node.syntax !== 'line') continue;
    const row = rowOf(node);
    if (row === null) continue;
    entries.push(node);
    rows.push(row);
  }
  endGroup();
  return lines;
}
