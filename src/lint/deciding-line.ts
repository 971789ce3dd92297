import type { Attribute, BlockEntry } from '../ast/nodes.ts';
import type { Service } from '../model/service.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Analysis } from './analysis.ts';
import { meantValues } from './line.ts';

/** A line that decides over an attribute of services that run: of its own, or in `defaults` of all that inherit it. */
export interface DecidingLine {
  readonly source: SourceText;
  readonly entry: BlockEntry;
  readonly attribute: Attribute;
  /** Its values, or the line where it has none. */
  readonly at: Range;
  readonly services: readonly Service[];
}

/**
 * The lines that decide over an attribute that has one value, in the order of the services. Services that no line decides
 * over have the built-in value, and are in none.
 */
export function decidingLines(analysis: Analysis, name: string): readonly DecidingLine[] {
  const lines = new Map<Attribute, { line: Omit<DecidingLine, 'services'>; services: Service[] }>();
  for (const service of analysis.configuration.services) {
    const location = service.origins.get(name)?.[0]?.location;
    const found = location ? analysis.lineAt(location) : undefined;
    if (found === undefined) continue;
    const known = lines.get(found.attribute);
    if (known !== undefined) {
      known.services.push(service);
      continue;
    }
    const words = meantValues(found.attribute);
    const [first, last] = [words[0], words.at(-1)];
    const at =
      first === undefined || last === undefined ? found.attribute : { start: first.start, end: last.end };
    lines.set(found.attribute, { line: { ...found, at }, services: [service] });
  }
  return [...lines.values()].map(({ line, services }) => ({ ...line, services }));
}
