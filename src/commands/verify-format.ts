import type { Format } from '../ast/nodes.ts';
import { leavesOf } from '../ast/walk.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import { profileNames } from '../catalog/profiles.ts';
import { formatParsed } from '../format/format-file.ts';
import { neutralFile } from '../grammar/inetd/neutral.ts';
import { parseInetd } from '../grammar/inetd/parse.ts';
import { parse } from '../grammar/parse.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { readTables } from '../model/host/disk-tables.ts';
import { type ResolveOptions, resolve } from '../model/resolve.ts';
import type { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';

/** Where an xinetd.conf is resolved. */
export type Host = Omit<ResolveOptions, 'profile'>;

/** The machine that the command runs on. */
export function localHost({ cwd, env }: CommandIo): Host {
  const files = diskFiles({ directory: cwd });
  return { tables: readTables('/etc', files), files, environment: Object.keys(env) };
}

/** Why a formatted text cannot stand for the one that it was made from; null when it can. */
export function formatFault(
  before: SourceText,
  after: SourceText,
  format: Format,
  host: Host,
): string | null {
  if (formatParsed(parse(after, { format })).edits.length > 0)
    return 'formatting it again would change it once more';
  if (commentsOf(before, format) !== commentsOf(after, format)) return 'comments would change';
  const meaningOf = format === 'xinetd' ? meaningToXinetd : meaningToInetds;
  return meaningOf(before, host) === meaningOf(after, host) ? null : 'it would mean something else';
}

function commentsOf(source: SourceText, format: Format): string {
  const comments = leavesOf(parse(source, { format }).file).filter((leaf) => leaf.type === 'Comment');
  return comments.map(({ text }) => text.trimEnd()).join('\n');
}

/** What would run and what would be said, under every profile. */
function meaningToXinetd(source: SourceText, host: Host): string {
  return withoutPlaces(profileNames.map((profile) => resolve(source, { ...host, profile })));
}

/** One dialect for each way to read lines: what blanks, quotes, `#`, backslashes and CRs do. */
const lineReadings: readonly DialectChoice[] = [
  'auto',
  'freebsd',
  'netbsd',
  'debian-openbsd',
  'gnu',
  'busybox',
  'illumos',
  'hpux',
];

/** Entries and faults as every dialect reads them; that lines end in CR LF is said of files, not of what they mean. */
function meaningToInetds(source: SourceText): string {
  const files = lineReadings.map((dialect) => neutralFile(parseInetd(source, { dialect })));
  return withoutPlaces(
    files.map(({ errors, ...rest }) => ({ ...rest, errors: errors.filter(({ code }) => code !== 'crlf') })),
  );
}

const places: ReadonlySet<string> = new Set(['location', 'origins', 'line', 'endLine']);

function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, each) => (places.has(key) ? undefined : each));
}
