/** A JSON array in pieces, an item on each line, so that a long list need not be one string in memory. */
export function* jsonList(items: Iterable<unknown>): Generator<string> {
  let separator = '[\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n]';
}
