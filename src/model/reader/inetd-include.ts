import type { Directive } from '../../ast/nodes.ts';
import { sortByBytes } from '../../catalog/drop-in-names.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Context } from '../context.ts';
import { type LogSeverity, placedMessage } from '../report.ts';
import { placeOf } from './place.ts';

/**
 * The files of NetBSD's `.include pattern`, relative to the file that holds it, in the order of their names. Wild cards
 * may stand in the last part of the path.
 */
export function includedByPattern(
  node: Directive,
  source: SourceText,
  open: readonly string[],
  { files, report }: Context,
): readonly SourceText[] {
  const say = (severity: LogSeverity, code: string, message: string): undefined => {
    report(placedMessage(severity, code, message, placeOf(source, node)));
  };
  const written = node.values[0]?.text ?? '';
  const pattern = written.startsWith('/') ? written : source.path.replace(/[^/]*$/, '') + written;
  const slash = pattern.lastIndexOf('/');
  const folder = slash === -1 ? '.' : pattern.slice(0, slash) || '/';
  const last = pattern.slice(slash + 1);
  if (/[*?[]/.test(folder)) {
    say('ERROR', 'include-pattern', `${written}: only the last part of the path can hold wild cards`);
    return [];
  }
  const matches = globMatcher(last);
  const names = sortByBytes((files.list(folder) ?? []).filter(matches));
  if (names.length === 0) say('ERROR', 'include-missing', `no file matches ${written}`);
  return names.flatMap((name) => {
    const path = slash === -1 ? name : `${pattern.slice(0, slash)}/${name}`;
    if (open.includes(path)) return say('ERROR', 'include-loop', `${path} includes itself`) ?? [];
    const content = files.kind(path) === 'file' ? files.read(path) : undefined;
    if (content !== undefined && 'bytes' in content) return [SourceText.fromBytes(path, content.bytes)];
    return say('ERROR', 'include-missing', `Unable to open included configuration file: ${path}`) ?? [];
  });
}

/** `*`, `?` and `[...]` as in glob(3); a leading dot is matched by a dot alone. */
function globMatcher(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[.+^${}()|[\]\\/]/, '\\$&');
  });
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => (pattern.startsWith('.') || !name.startsWith('.')) && expression.test(name);
}
