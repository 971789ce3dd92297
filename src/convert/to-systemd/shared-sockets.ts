import { PlaceReport, type Report } from '../diagnostic.ts';
import type { Family } from '../from-inetd/family.ts';
import { type Share, shareSockets } from '../from-inetd/shared-sockets.ts';
import type { UnitSource } from './unit-source.ts';

/** Two sockets of systemd cannot listen on the same place. */
export function withSharedSockets(sources: readonly UnitSource[], report: Report): readonly UnitSource[] {
  const enabled = sources.filter(
    ({ isDisabled, service: { port, unixPath } }) => !isDisabled && (port !== null || unixPath !== null),
  );
  const shares = shareSockets(
    enabled.map(({ service, binds, format }) => {
      const { source, range } = service.location;
      const line = source.lineAt(range.start);
      return {
        place: [service.protocol, service.port, service.unixPath, ...binds].join('\n'),
        family: binds.length === 0 ? familyOfSocket(service) : null,
        // xinetd makes one socket of an entry.
        isPlain: format === 'inetd' && !service.isFamilyGiven,
        line,
        file: source.path,
      };
    }),
    ({ file, line }) => new PlaceReport(report, { file, line }),
  );
  const settled = new Map(enabled.map((each, at) => [each, withShare(each, shares[at] ?? 'all')]));
  return sources.map((each) => settled.get(each) ?? each);
}

function withShare(source: UnitSource, share: Share): UnitSource {
  if (share === 'all') return source;
  if (share === 'nothing') return { ...source, isDisabled: true };
  const family = share.flag === 'IPv4' ? 'IPv4' : 'IPv6';
  return { ...source, service: { ...source.service, family, v6only: share.isV6Only } };
}

function familyOfSocket({ family, v6only, isFamilyGiven }: UnitSource['service']): Family {
  if (family === 'IPv4') return { flag: 'IPv4', isV6Only: false };
  return { flag: isFamilyGiven ? 'IPv6' : '', isV6Only: v6only };
}
