import type { Location } from '../diagnostics/diagnostic.ts';
import type { Service } from '../model/service.ts';

/** The line that decided an attribute of a service (the last one where several lines add up), else the entry. */
export function locationOf(service: Service, attribute: string): Location {
  return (
    service.origins.get(attribute)?.findLast((origin) => origin.location !== null)?.location ??
    service.location
  );
}

/** `file:line`, as people and editors write it. */
export function describeLocation({ source, range }: Location): string {
  return `${source.path}:${source.lineAt(range.start)}`;
}
