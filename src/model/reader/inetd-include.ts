import type { Directive } from '../../ast/nodes.ts';
import { sortByBytes } from '../../catalog/drop-in-names.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { ModelFiles } from '../host-tables.ts';
import { directoryErrorText } from '../includes.ts';
import type { IncludeReport } from './include-report.ts';

const wildCard = /[*?[]/;

/**
 * The files of NetBSD's `.include pattern`, relative to the file that holds it, in the order of their names. Wild cards
 * may stand in the last part of the path, and may fit nothing; only regular files and links to them are meant.
 */
export function includedByPattern(
  node: Directive,
  source: SourceText,
  files: ModelFiles,
  report: IncludeReport,
): readonly string[] {
  const written = node.values[0]?.text ?? '';
  const pattern = written.startsWith('/') ? written : source.path.replace(/[^/]*$/, '') + written;
  const slash = pattern.lastIndexOf('/');
  const folder = slash === -1 ? '.' : pattern.slice(0, slash) || '/';
  const last = pattern.slice(slash + 1);
  if (wildCard.test(folder)) {
    report.lose('include-pattern', `${written}: only the last part of the path can hold wild cards`, written);
    return [];
  }
  if (!wildCard.test(last)) return [pattern];
  const names = files.list(folder);
  if (names === undefined) {
    report.lose('include-missing', `${written}: ${folder}: ${directoryErrorText(files, folder)}`, written);
    return [];
  }
  const matches = globMatcher(last);
  if (matches === undefined) {
    report.lose('include-pattern', `${written} is no pattern`, written);
    return [];
  }
  const paths = sortByBytes(names.filter(matches)).map((name) =>
    slash === -1 ? name : `${pattern.slice(0, slash)}/${name}`,
  );
  if (paths.length === 0) report.say('WARNING', 'include-nothing', `no file matches ${written}`);
  return paths.filter((path) => ['file', 'missing'].includes(files.kind(path)));
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
