import type { Report } from '../diagnostic.ts';
import { lostEntryComment, type SourceConfiguration } from '../from-xinetd/source-configuration.ts';
import { unreadIn } from '../from-xinetd/unread-text.ts';
import { withSharedSockets } from './shared-sockets.ts';
import { UnitNames } from './unit-names.ts';
import { type UnitSet, unitSetOf } from './unit-set.ts';
import type { SystemdOptions, UnitSource } from './unit-source.ts';
import { unitsOfService } from './units-of-service.ts';

/** The units of every service of a configuration that can be said in units. */
export function xinetdUnits(
  configuration: SourceConfiguration,
  options: SystemdOptions,
  report: Report,
): UnitSet {
  const { services, lost, trees } = configuration;
  const names = new UnitNames(options.prefix);
  const sources = services.map(({ service, isDisabled }): UnitSource => {
    const binds = service.bind === null ? [] : [boundAddress(service.bind, service.bindAddress)];
    return { service, format: 'xinetd', binds, isDisabled };
  });
  const units = withSharedSockets(sources, report).map((source) =>
    unitsOfService(source, options, names, report),
  );
  const unread = trees.flatMap(({ file, source }) =>
    file.children.flatMap((node) => unreadIn(node, source, configuration)),
  );
  return unitSetOf(units, [...unread, ...lost.flatMap((each) => lostEntryComment(each, configuration))]);
}

/** `127.1` is short for 127.0.0.1; an IPv6 address may have a zone, and a name stays one, for systemd to be refused. */
function boundAddress(written: string, resolved: string | null): string {
  return /^[0-9.]+$/.test(written) ? (resolved ?? written) : written;
}
