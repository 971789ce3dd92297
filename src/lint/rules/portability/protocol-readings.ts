import type { Dialect } from '../../../catalog/inetd-dialects.ts';

/** How dialects read an IP version behind `tcp` or `udp` (dialects reference, sections 4.3 and 10). */
export interface VersionReading {
  /** All readings, for a text of which the daemon is not known. */
  readonly all: string;
  /** Dialects that read it as most people mean it. */
  readonly asMeant: readonly Dialect[];
  /** What others make of it; one that is in neither list does not know the word. */
  readonly otherwise: Readonly<Partial<Record<Dialect, string>>>;
}

const bothFamilies = 'one socket for both families';
const ipv6Alone = 'IPv6 alone';

export const versionReadings: Readonly<Record<string, VersionReading>> = {
  '4': {
    all: 'IPv4 for the BSDs, Debian and inetutils, and an error for the others',
    asMeant: ['freebsd', 'dragonfly', 'netbsd', 'openbsd', 'debian-openbsd', 'gnu'],
    otherwise: {},
  },
  '6': {
    all: 'IPv6 alone for the BSDs and Debian, both families for inetutils and Solaris',
    asMeant: ['freebsd', 'dragonfly', 'netbsd', 'openbsd', 'debian-openbsd'],
    otherwise: {
      gnu: bothFamilies,
      solaris: bothFamilies,
      illumos: bothFamilies,
      busybox: 'what the system makes of an IPv6 socket',
    },
  },
  '46': {
    all: 'both families for FreeBSD and Debian, IPv4 for inetutils, IPv6 for OpenBSD and NetBSD, an error for busybox',
    asMeant: ['freebsd', 'dragonfly', 'debian-openbsd'],
    otherwise: { gnu: 'IPv4 alone', openbsd: ipv6Alone, netbsd: ipv6Alone },
  },
  '6only': {
    all: 'IPv6 alone for inetutils, both families for Debian, an error for others',
    asMeant: ['gnu', 'solaris'],
    otherwise: { 'debian-openbsd': 'both families' },
  },
};
