import { addressVersion } from '../address-version.ts';
import { type Rejection, rejection } from '../rejection.ts';
import type { InetdDialect } from './dialect-names.ts';
import type { InetdService } from './inetd-service.ts';

/** The address family flag of an entry, and whether IPv4 clients are kept off an IPv6 socket. */
export interface Family {
  readonly flag: '' | 'IPv4' | 'IPv6';
  readonly isV6Only: boolean;
}

/** To Debian and Solaris `tcp` says nothing of the family; to the others it is IPv4. */
const plainIsIPv4: ReadonlySet<InetdDialect> = new Set(['gnu', 'freebsd', 'netbsd']);

/** GNU and Solaris take IPv4 clients on their IPv6 sockets. */
const v6TakesIPv4: ReadonlySet<InetdDialect> = new Set(['gnu', 'solaris']);

/** What the protocol suffix means to a dialect, for one address of the service (null: all addresses). */
export function familyOf(
  { ipVersion, protocol }: InetdService,
  address: string | null,
  dialect: InetdDialect,
): Family | Rejection {
  const family = familyOfSuffix(ipVersion, dialect);
  const version = address === null ? null : addressVersion(address);
  if (version === null) return family;
  const suits = version === 4 ? family.flag !== 'IPv6' || ipVersion === '46' : family.flag !== 'IPv4';
  if (!suits) {
    return rejection('address-family', `address ${address} does not suit protocol ${protocol}${ipVersion}`);
  }
  // xinetd would listen on all addresses if the flag did not suit the address.
  return version === 4
    ? { flag: family.flag === 'IPv4' ? 'IPv4' : '', isV6Only: false }
    : { flag: 'IPv6', isV6Only: family.isV6Only };
}

function familyOfSuffix(ipVersion: InetdService['ipVersion'], dialect: InetdDialect): Family {
  switch (ipVersion) {
    case '':
      return { flag: plainIsIPv4.has(dialect) ? 'IPv4' : '', isV6Only: false };
    case '4':
      return { flag: 'IPv4', isV6Only: false };
    case '6':
      return { flag: 'IPv6', isV6Only: !v6TakesIPv4.has(dialect) };
    case '46':
      // GNU looks only at the letter behind `tcp`: anything but a 6 is IPv4 (observed).
      return { flag: dialect === 'gnu' ? 'IPv4' : 'IPv6', isV6Only: false };
    case '6only':
      return { flag: 'IPv6', isV6Only: true };
  }
}
