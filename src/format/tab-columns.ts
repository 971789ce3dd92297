const tabStop = 8;

/**
 * Lays rows out in columns that begin at tab stops, as the inetd.conf files of all systems are written: each column at
 * the first stop behind the longest cell of the one before, filled with tabs. The last cell of a row is not filled.
 */
export function tabColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const starts = columnStarts(rows);
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        if (column === cells.length - 1) return cell;
        const end = (starts[column] ?? 0) + cell.length;
        return cell + '\t'.repeat(Math.ceil(((starts[column + 1] ?? 0) - end) / tabStop));
      })
      .join(''),
  );
}

function columnStarts(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const cells of rows) {
    // A last cell fills nothing, so its length moves no column.
    for (const [column, cell] of cells.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  const starts = [0];
  for (const width of widths)
    starts.push((Math.floor(((starts.at(-1) ?? 0) + width) / tabStop) + 1) * tabStop);
  return starts;
}
