import { distance } from 'fastest-levenshtein';

/** The candidate that the word was most likely meant to be, or undefined when none is near enough to be suggested. */
export function closestWord(word: string, candidates: Iterable<string>): string | undefined {
  // One slip for every three letters; two letters swapped count as two slips, so short words get two.
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Math.min(limit, word.length - 1) + 1;
  for (const candidate of candidates) {
    const slips = distance(word, candidate);
    if (slips < bestDistance) {
      best = candidate;
      bestDistance = slips;
    }
  }
  return best;
}
