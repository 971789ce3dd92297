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
  const starts = [0];
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  for (let column = 0; column + 1 < columns; column += 1) {
    // A last cell fills nothing, so its length moves no column.
    const widest = Math.max(
      0,
      ...rows.map((cells) => (cells.length > column + 1 ? (cells[column]?.length ?? 0) : 0)),
    );
    starts.push((Math.floor(((starts[column] ?? 0) + widest) / tabStop) + 1) * tabStop);
  }
  return starts;
}
