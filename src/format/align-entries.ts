import type { LineEntry, TopLevel } from '../ast/nodes.ts';
import { TabColumns } from './tab-columns.ts';

/** An inetd.conf entry as cells, with the places where they stand now; none for a new entry. */
export interface EntryRow {
  readonly cells: readonly string[];
  readonly places: readonly number[];
}

/**
 * Lines of inetd.conf entries in columns, without their ends. Entries share their columns up to the next blank line,
 * directive or section header; comments and entries that stay as they are (`rowOf` gives null) do not part them.
 */
export function alignEntries(
  children: readonly TopLevel[],
  rowOf: (entry: LineEntry) => EntryRow | null,
): ReadonlyMap<TopLevel, string> {
  const lines = new Map<TopLevel, string>();
  let entries: LineEntry[] = [];
  let columns = new TabColumns();
  const endGroup = () => {
    for (const [index, text] of columns.lines().entries()) {
      const entry = entries[index];
      if (entry !== undefined) lines.set(entry, text);
    }
    entries = [];
    columns = new TabColumns();
  };
  for (const node of children) {
    if (node.type === 'Blank' || node.type === 'Directive') endGroup();
    if (node.type !== 'Entry' || node.syntax !== 'line') continue;
    const row = rowOf(node);
    if (row === null) continue;
    entries.push(node);
    columns.add(row.cells, row.places);
  }
  endGroup();
  return lines;
}
