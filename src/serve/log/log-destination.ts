import type { LogDestination, Service } from '../../model/service.ts';
import { locationOf } from '../origin-of.ts';

/** Where the lines of a service go, by its log_type or that of defaults (`common`); a file by its name on the disk. */
export function destinationOf(service: Service, common: LogDestination | null): LogDestination | null {
  const destination = service.logType?.kind === 'common' ? common : service.logType;
  if (destination?.kind !== 'file') return destination;
  const path = locationOf(service, 'log_type').source.fileName(destination.path);
  return { ...destination, path };
}
