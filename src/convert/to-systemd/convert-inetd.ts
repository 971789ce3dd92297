import type { SourceText } from '../../text/source-text.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import type { InetdDialect } from '../from-inetd/dialect-names.ts';
import { type Family, familyOf } from '../from-inetd/family.ts';
import { type InetdServiceItem, lostLine } from '../from-inetd/inetd-item.ts';
import type { InetdService } from '../from-inetd/inetd-service.ts';
import { readInetdText } from '../from-inetd/read-text.ts';
import { unusableSocket } from '../from-inetd/unusable-socket.ts';
import type { KnownNames } from '../known-names.ts';
import { isRejection, type Rejection } from '../rejection.ts';
import { serviceOfInetd } from './service-of-inetd.ts';
import { UnitNames } from './unit-names.ts';
import { type ServiceUnits, type UnitSet, unitSetOf } from './unit-set.ts';
import { isAccepting, type SystemdOptions, type UnitSource } from './unit-source.ts';
import { unitsOfService } from './units-of-service.ts';

/** The units of every line of an inetd.conf that can be said in units. */
export function inetdUnits(
  source: SourceText,
  dialect: InetdDialect,
  names: KnownNames,
  options: SystemdOptions,
  report: Report,
): UnitSet {
  const unitNames = new UnitNames(options.prefix);
  const places = new Map<string, number>();
  const made: ServiceUnits[] = [];
  const state = { dialect, names, report, defaultAddresses: [], hasSaidCrlf: false };
  for (const item of readInetdText(source, state, Number.POSITIVE_INFINITY)) {
    if (item.type !== 'Service') continue;
    const sources = unitSources(item, dialect, names);
    if (isRejection(sources)) {
      // Only for its diagnostic: units have no place for a line that is no service.
      Array.from(lostLine(item.place, sources, report));
      continue;
    }
    const here = new PlaceReport(report, { file: source.path, line: item.place.line });
    reportLine(item.service, here);
    for (const each of sources) {
      const isDisabled = each.isDisabled || isTaken(each, item.place.line, places, here);
      made.push({ units: unitsOfService({ ...each, isDisabled }, options, unitNames, report), isDisabled });
    }
  }
  return unitSetOf(made);
}

/** One source for all addresses where each connection gets a server of its own; else one for each socket. */
function unitSources(
  { service: entry, place }: InetdServiceItem,
  dialect: InetdDialect,
  names: KnownNames,
): readonly UnitSource[] | Rejection {
  const unusable = unusableSocket(entry);
  if (unusable !== null) return unusable;
  const families: Family[] = [];
  for (const address of entry.addresses.length === 0 ? [null] : entry.addresses) {
    const family = familyOf(entry, address, dialect);
    if (isRejection(family)) return family;
    families.push(family);
  }
  const port = portOf(entry, names);
  const { addresses, isDisabled } = entry;
  const sources = families.map((family, at): UnitSource => {
    const service = serviceOfInetd(entry, port, family, dialect, place);
    const address = addresses[at];
    return { service, format: 'inetd', binds: address === undefined ? [] : [address], isDisabled };
  });
  const [first] = sources;
  if (first === undefined || !isAccepting(first.service)) return sources;
  return [{ ...first, binds: addresses }];
}

function portOf({ kind, name, protocol }: InetdService, names: KnownNames): number | null {
  if (kind !== 'listed') return null;
  return /^\d+$/.test(name) ? Number(name) : (names.servicePort(name, protocol) ?? null);
}

function reportLine(entry: InetdService, report: PlaceReport): void {
  if (entry.socketType === 'dgram' && !entry.wait) {
    report.warning('dgram-nowait', 'dgram with nowait became one server for all datagrams, as with wait');
  }
  if (entry.argv.length === 0 && !entry.isInternal) {
    report.warning('no-argv0', 'no program name after the path; the base name of the path is passed');
  }
}

/** Whether an earlier line listens on the same place; two sockets of systemd cannot. */
function isTaken(
  { service, binds }: UnitSource,
  line: number,
  places: Map<string, number>,
  report: PlaceReport,
): boolean {
  const { protocol, port, unixPath, family, v6only } = service;
  const place = [protocol, port, unixPath, binds.length === 0 ? `${family} ${v6only}` : binds].join('\n');
  const earlier = places.get(place);
  if (earlier === undefined) {
    places.set(place, line);
    return false;
  }
  report.warning('duplicate', `listens on the same place as line ${earlier}; not to be enabled`);
  return true;
}
