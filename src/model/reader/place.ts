import type { Location } from '../../diagnostics/diagnostic.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Place } from '../report.ts';

/** The place of a node, as messages name it. */
export function placeOf(source: SourceText, { start, end }: Range): Place {
  return new NodePlace({ source, range: { start, end } });
}

/** The line is counted for a message alone: every line of a configuration has a place, and few have something wrong. */
class NodePlace implements Place {
  readonly location: Location;

  constructor(location: Location) {
    this.location = location;
  }

  get file(): string {
    return this.location.source.path;
  }

  get line(): number {
    return this.location.source.lineAt(this.location.range.start);
  }
}
