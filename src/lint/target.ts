import { type DialectChoice, dialectNamed } from '../catalog/inetd-dialects.ts';

/** The machine and daemon that the configuration is written for. */
export interface Target {
  readonly daemon: 'xinetd' | 'inetd';
  /** Version of xinetd: `2.3.15` (xinetd.org), `2.3.15.3` (as Debian ships it), `2.3.15.4` (openSUSE's fork since 2020). */
  readonly version: string;
  /** Whether somebody has said that it is this version. */
  readonly isVersionGiven: boolean;
  readonly platform: string | null;
  readonly inetdDialect: string | null;
  /** Whether the daemon is built with libwrap; null where nobody has said so. */
  readonly libwrap: boolean | null;
  /** Whether the daemon also reads inetd.conf (-inetd_compat). */
  readonly inetdCompat: boolean;
  readonly environment: 'host' | 'container';
}

/** How inetd.conf is read for a target; as the union of all dialects where it names none that is known. */
export function dialectOfTarget({ inetdDialect }: Target): DialectChoice {
  return (inetdDialect === null ? undefined : dialectNamed(inetdDialect)) ?? 'auto';
}

export const defaultTarget: Target = {
  daemon: 'xinetd',
  version: '2.3.15.3',
  isVersionGiven: false,
  platform: null,
  inetdDialect: null,
  libwrap: null,
  inetdCompat: false,
  environment: 'host',
};
