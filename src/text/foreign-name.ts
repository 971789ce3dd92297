/**
 * Whether the name of a file may have had bytes that are no UTF-8: they have become replacement characters, and under the
 * new name there is no file.
 */
export function isForeignName(name: string): boolean {
  return name.includes('\ufffd');
}
