const tabStop = 8;

/**
 * Lines whose cells stand in columns that begin at tab stops, as the inetd.conf files of all systems are written, filled
 * with tabs. A column stays where it is if all lines have it at the same tab stop; else it is the first stop behind the
 * longest cell in front of it. The last cell of a line is not filled.
 */
export class TabColumns {
  readonly #rows: (readonly string[])[] = [];
  /** Length of the longest cell of a column; a last cell fills nothing and so moves no column. */
  readonly #widths: number[] = [];
  /** Where all lines have a column now; null where they do not agree on a tab stop. */
  readonly #places: (number | null)[] = [];

  /** Adds a line by its cells, and the places where these stand now, counted from 0; none for a new line. */
  add(cells: readonly string[], places: readonly number[]): void {
    this.#rows.push(cells);
    for (let column = 0; column < cells.length; column += 1) {
      const place = places[column];
      const isFree = place === undefined || place % tabStop !== 0;
      const agreed = this.#places[column];
      this.#places[column] = isFree || (agreed !== undefined && agreed !== place) ? null : place;
      if (column === cells.length - 1) continue;
      this.#widths[column] = Math.max(this.#widths[column] ?? 0, cells[column]?.length ?? 0);
    }
  }

  /** The lines in the order in which they were added. */
  lines(): readonly string[] {
    const starts = this.#starts();
    return this.#rows.map((cells) =>
      cells.map((cell, column) => filled(cell, column, cells, starts)).join(''),
    );
  }

  #starts(): readonly number[] {
    const starts = [0];
    for (const width of this.#widths) {
      const first = (Math.floor(((starts.at(-1) ?? 0) + width) / tabStop) + 1) * tabStop;
      starts.push(Math.max(first, this.#places[starts.length] ?? 0));
    }
    return starts;
  }
}

function filled(cell: string, column: number, cells: readonly string[], starts: readonly number[]): string {
  if (column === cells.length - 1) return cell;
  const end = (starts[column] ?? 0) + cell.length;
  return cell + '\t'.repeat(Math.ceil(((starts[column + 1] ?? 0) - end) / tabStop));
}

/** The place behind a text that begins at place 0. */
export function placeBehind(text: string): number {
  let place = 0;
  for (const character of text) {
    place = character === '\t' ? (Math.floor(place / tabStop) + 1) * tabStop : place + character.length;
  }
  return place;
}
