import { sortByBytes } from '../../catalog/drop-in-names.ts';
import type { ModelFiles } from '../host-tables.ts';

const wildCard = /[*?[]/;

/** What a pattern stands for: files, or why it stands for none. */
export type PatternMatch =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** Wild cards that fit nothing. */
  | { readonly kind: 'nothing' }
  /** Wild cards in the path of the folder, which nobody here follows. */
  | { readonly kind: 'folder-pattern' }
  | { readonly kind: 'no-pattern' }
  | { readonly kind: 'unread-folder'; readonly folder: string };

/**
 * The files of NetBSD's `.include pattern`, relative to the file that holds it, in the order of their names. Wild cards
 * may stand in the last part of the path, and may fit nothing; only regular files and links to them are meant. A path
 * without any is a file, also where there is none.
 */
export function filesOfPattern(
  written: string,
  includer: string,
  files: Pick<ModelFiles, 'list' | 'kind'>,
): PatternMatch {
  const pattern = written.startsWith('/') ? written : includer.replace(/[^/]*$/, '') + written;
  const slash = pattern.lastIndexOf('/');
  const folder = slash === -1 ? '.' : pattern.slice(0, slash) || '/';
  const last = pattern.slice(slash + 1);
  if (wildCard.test(folder)) return { kind: 'folder-pattern' };
  if (!wildCard.test(last)) return { kind: 'files', paths: [pattern] };
  const names = files.list(folder);
  if (names === undefined) return { kind: 'unread-folder', folder };
  const matches = globMatcher(last);
  if (matches === undefined) return { kind: 'no-pattern' };
  const paths = sortByBytes(names.filter(matches)).map((name) =>
    slash === -1 ? name : `${pattern.slice(0, slash)}/${name}`,
  );
  if (paths.length === 0) return { kind: 'nothing' };
  return { kind: 'files', paths: paths.filter((path) => ['file', 'missing'].includes(files.kind(path))) };
}

/** `*`, `?` and `[...]` as in glob(3); a leading dot is matched by a dot alone. Undefined for a range such as `[z-a]`. */
function globMatcher(pattern: string): ((name: string) => boolean) | undefined {
  const source = pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[.+^${}()|[\]\\/]/, '\\$&');
  });
  const expression = compile(`^${source}$`);
  if (expression === undefined) return undefined;
  return (name) => (pattern.startsWith('.') || !name.startsWith('.')) && expression.test(name);
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 's');
  } catch {
    return undefined;
  }
}
