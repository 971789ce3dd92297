import type { LineEntry, PairsEntry, Word } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { BindValue } from '../draft.ts';
import type { HostTables } from '../host-tables.ts';
import type { Origin } from '../service.ts';
import { bindValues } from './inetd-addresses.ts';

/** Words of a directive, with the file in which they stand. */
export interface DirectiveWords {
  readonly words: readonly Word[];
  readonly source: SourceText;
}

/** An address with the word that gave it, of the entry or of a directive. */
export interface LocatedBind {
  readonly value: BindValue;
  readonly origin: Origin;
}

/** The sockets of an entry; null is one on no address in particular. */
export function bindsOf(
  entry: LineEntry | PairsEntry,
  source: SourceText,
  inherited: DirectiveWords | null,
  tables: HostTables,
): readonly (LocatedBind | null)[] {
  const { words, ...place } = bindWords(entry, source, inherited);
  return words.flatMap((word) => {
    if (word === null) return [null];
    const location = { source: place.source, range: { start: word.start, end: word.end } };
    return bindValues(word, tables, familyOf(entry)).map(
      (value): LocatedBind | null => value && { value, origin: { from: place.from, location } },
    );
  });
}

/** Null stands for no address in particular. */
interface BindWords {
  readonly words: readonly (Word | null)[];
  readonly source: SourceText;
  readonly from: Origin['from'];
}

/** A UNIX socket has no address, and a service behind tcpmux no socket of its own that a default could hold for. */
function bindWords(
  { attributes }: LineEntry | PairsEntry,
  source: SourceText,
  inherited: DirectiveWords | null,
): BindWords {
  const own = attributes.find(({ key }) => key === 'bind')?.values;
  if (own !== undefined) return { words: own, source, from: 'entry' };
  const hasNone = attributes.some(
    ({ key, values }) =>
      key === 'socket_path' || (key === 'type' && values[0]?.text.startsWith('TCPMUX') === true),
  );
  if (hasNone || inherited === null) return { words: [null], source, from: 'entry' };
  return { ...inherited, from: 'defaults' };
}

function familyOf({ attributes }: LineEntry | PairsEntry): 4 | 6 | undefined {
  const version = attributes.find(({ key }) => key === 'ip_version')?.values[0]?.text;
  if (version === undefined || version === '46') return undefined;
  return version === '4' ? 4 : 6;
}
