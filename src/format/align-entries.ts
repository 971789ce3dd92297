import type { LineEntry, TopLevel } from '../ast/nodes.ts';
import { tabColumns } from './tab-columns.ts';

/** Cells of an inetd.conf entry; null where it must stay as it is. */
export type CellsOf = (entry: LineEntry) => readonly string[] | null;

/**
 * Lines of inetd.conf entries in columns, without their ends. Entries share their columns up to the next blank line,
 * directive or section header; comments and entries that stay as they are do not part them.
 */
export function alignEntries(children: readonly TopLevel[], cellsOf: CellsOf): ReadonlyMap<TopLevel, string> {
  const lines = new Map<TopLevel, string>();
  let entries: LineEntry[] = [];
  let rows: (readonly string[])[] = [];
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
    const cells = cellsOf(node);
    if (cells === null) continue;
    entries.push(node);
    rows.push(cells);
  }
  endGroup();
  return lines;
}
