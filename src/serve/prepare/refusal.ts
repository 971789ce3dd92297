import type { Location } from '../../diagnostics/diagnostic.ts';
import type { Service } from '../../model/service.ts';
import { describeLocation, locationOf } from '../origin-of.ts';

/** Why an entry is not started, with the line that is to blame. */
export interface Refusal {
  readonly id: string;
  /** The attribute it is about; null when it is the entry as a whole. */
  readonly attribute: string | null;
  readonly reason: string;
  readonly location: Location;
  /** A rule of this machine asks for it, and not the text: it may come up while the service runs. */
  readonly byHost: boolean;
}

/** A refusal at the line of an attribute. */
export function refuseFor(service: Service, attribute: string, reason: string): Refusal {
  return { id: service.id, attribute, reason, location: locationOf(service, attribute), byHost: false };
}

/** `Service ID is not started: attribute: reason [file=F] [line=N]`: one log line, the place as xinetd writes it. */
export function describeRefusal({ id, attribute, reason, location }: Refusal): string {
  const what = attribute === null ? reason : `${attribute}: ${reason}`;
  return `Service ${id} is not started: ${what} (${describeLocation(location)})`;
}
