/** What a module below bench/ exports as `bench`. */
export interface Bench {
  /** Name on the command line and heading in RESULTS.md. */
  readonly name: string;
  /** Measures everything in one run and resolves to the section of the report: Markdown without a heading. */
  readonly run: () => Promise<string>;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Runs every case once per round, in turn, so that a disturbance of the machine hits all of them alike. */
export async function interleaved<Case>(
  cases: readonly Case[],
  rounds: number,
  measure: (one: Case) => number | Promise<number>,
): Promise<number[][]> {
  const results: number[][] = cases.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, one] of cases.entries()) results[at]?.push(await measure(one));
  }
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
