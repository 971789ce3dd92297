import type { Service } from '../model/service.ts';
import { baseName } from '../text/base-name.ts';
import type { PlaceReport } from './diagnostic.ts';

/** tcpd gets the path of the server as argv[0] and hands it on, so that a name of its own (NAMEINARGS) is gone. */
export function reportWrappedName({ server, argv: [name] }: Service, report: PlaceReport): void {
  if (server === null || name === undefined || name === server || name === baseName(server)) return;
  report.warning('argv0-lost', `behind tcpd the server is called ${server} instead of ${name}`);
}
