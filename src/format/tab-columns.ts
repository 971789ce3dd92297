const tabStop = 8;

/** A line of a table: its cells, and the columns where they begin now, counted from 0; none for a new line. */
export interface Row {
  readonly cells: readonly string[];
  readonly columns: readonly number[];
}

/**
 * Lays rows out in columns that begin at tab stops, as the inetd.conf files of all systems are written, filled with
 * tabs. A column stays where it is if all rows have it at the same tab stop; else it is the first stop behind the longest
 * cell in front of it. The last cell of a row is not filled.
 */
export function tabColumns(rows: readonly Row[]): readonly string[] {
  const starts = columnStarts(rows);
  return rows.map(({ cells }) =>
    cells
      .map((cell, column) => {
        if (column === cells.length - 1) return cell;
        const end = (starts[column] ?? 0) + cell.length;
        return cell + '\t'.repeat(Math.ceil(((starts[column + 1] ?? 0) - end) / tabStop));
      })
      .join(''),
  );
}

function columnStarts(rows: readonly Row[]): readonly number[] {
  const widths: number[] = [];
  for (const { cells } of rows) {
    // A last cell fills nothing, so its length moves no column.
    for (const [column, cell] of cells.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  const starts = [0];
  for (const width of widths) {
    const first = (Math.floor(((starts.at(-1) ?? 0) + width) / tabStop) + 1) * tabStop;
    starts.push(Math.max(first, agreedStop(rows, starts.length) ?? 0));
  }
  return starts;
}

/** The tab stop where every row has a column now. */
function agreedStop(rows: readonly Row[], column: number): number | undefined {
  let agreed: number | undefined;
  for (const { cells, columns } of rows) {
    if (column >= cells.length) continue;
    const start = columns[column];
    if (start === undefined || start % tabStop !== 0 || (agreed ?? start) !== start) return undefined;
    agreed = start;
  }
  return agreed;
}

/** The column at the end of a text that begins in column 0. */
export function columnBehind(text: string): number {
  let column = 0;
  for (const character of text) {
    column = character === '\t' ? (Math.floor(column / tabStop) + 1) * tabStop : column + character.length;
  }
  return column;
}
