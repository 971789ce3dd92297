import { distance } from 'fastest-levenshtein';

/** Whether two words differ by one letter: missing, surplus, wrong, or swapped with its neighbour. */
export function isOneSlip(a: string, b: string): boolean {
  const slips = distance(a, b);
  if (slips !== 2 || a.length !== b.length) return slips === 1;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a.slice(0, at) + a[at + 1] + a[at] + a.slice(at + 2) === b;
}
