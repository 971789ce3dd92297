import { baseName } from '../../text/base-name.ts';
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
import { withSharedSockets } from './shared-sockets.ts';
import { UnitNames } from './unit-names.ts';
import { type UnitSet, unitSetOf } from './unit-set.ts';
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
  const state = { dialect, names, report, defaultAddresses: [], hasSaidCrlf: false };
  const sources: UnitSource[] = [];
  const lost: string[] = [];
  for (const item of readInetdText(source, state, Number.POSITIVE_INFINITY)) {
    if (item.type === 'LostLine') for (const comment of item.comments) lost.push(comment);
    if (item.type !== 'Service') continue;
    const found = unitSources(item, dialect, names);
    if (isRejection(found)) {
      lost.push(...lostLine(item.place, found, report).comments);
      continue;
    }
    reportLine(item.service, new PlaceReport(report, { file: source.path, line: item.place.line }));
    sources.push(...found);
  }
  const unitNames = new UnitNames(options.prefix);
  const units = withSharedSockets(sources, report).map((each) =>
    unitsOfService(each, options, unitNames, report),
  );
  return unitSetOf(units, lost);
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
    const isWrapped = baseName(entry.server) === 'tcpd';
    const text = isWrapped
      ? 'no daemon behind tcpd; it would start itself'
      : 'no program name after the path; the base name of the path is passed';
    report.warning('no-argv0', text);
  }
}
