import { bytesOfText } from '../text/bare-bytes.ts';

/**
 * Which names of a folder `includedir` reads, in its order: none with a dot, none that ends in `~`, sorted by bytes
 * (strcmp in the C locale). Measured with xinetd 2.3.15.3, which filters nothing else: `#file#` is read.
 */
export function dropInNames(names: Iterable<string>): string[] {
  const read = [...names].filter((name) => !name.includes('.') && !name.endsWith('~'));
  return sortByBytes(read);
}

/** Sorts as strcmp does, the same in every locale. */
export function sortByBytes(names: readonly string[]): string[] {
  // UTF-16 units are in the order of the bytes of UTF-8, but for surrogates.
  if (!names.some((name) => /[\ud800-\udfff]/.test(name))) return [...names].sort();
  return [...names].sort((a, b) => Buffer.compare(bytesOfText(a), bytesOfText(b)));
}
