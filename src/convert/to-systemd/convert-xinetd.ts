import type { Report } from '../diagnostic.ts';
import type { SourceConfiguration } from '../from-xinetd/read-xinetd.ts';
import { UnitNames } from './unit-names.ts';
import { type UnitSet, unitSetOf } from './unit-set.ts';
import type { SystemdOptions, UnitSource } from './unit-source.ts';
import { unitsOfService } from './units-of-service.ts';

/** The units of every service of a configuration that can be said in units. */
export function xinetdUnits(
  { services }: SourceConfiguration,
  options: SystemdOptions,
  report: Report,
): UnitSet {
  const names = new UnitNames(options.prefix);
  return unitSetOf(
    services.map(({ service, isDisabled }) => {
      const binds = service.bind === null ? [] : [boundAddress(service.bind, service.bindAddress)];
      const source: UnitSource = { service, format: 'xinetd', binds, isDisabled };
      return { units: unitsOfService(source, options, names, report), isDisabled };
    }),
  );
}

/** `127.1` is short for 127.0.0.1; an IPv6 address may have a zone, and a name stays one, for systemd to be refused. */
function boundAddress(written: string, resolved: string | null): string {
  return /^[0-9.]+$/.test(written) ? (resolved ?? written) : written;
}
