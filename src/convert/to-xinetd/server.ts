import { baseName } from '../base-name.ts';
import type { PlaceReport } from '../diagnostic.ts';
import type { InetdService } from '../from-inetd/inetd-service.ts';

/** The program of an external service as xinetd names it. */
export interface Server {
  readonly path: string;
  /** Words of server_args, with one blank between them; empty for none. */
  readonly args: string;
  readonly isNameInArgs: boolean;
  /** Whether tcpd asks hosts.allow, so that xinetd must not do it a second time. */
  readonly isWrapped: boolean;
}

/**
 * argv[0] goes into server_args (NAMEINARGS) only where it is not the base name of the path, which xinetd passes by
 * itself. tcpd stays in front of the server, unless the folder of the daemons is known.
 */
export function serverOf(
  { server, argv }: InetdService,
  daemonDir: string | null,
  report: PlaceReport,
): Server {
  const [name] = argv;
  const base = baseName(server);
  const isWrapped = base === 'tcpd';
  if (name === undefined) {
    report.warning(
      'no-argv0',
      `no program name after the path; xinetd passes ${base} as argv[0], inetd passes none`,
    );
    return { path: server, args: '', isNameInArgs: false, isWrapped };
  }
  if (isWrapped && daemonDir !== null) {
    const path = name.startsWith('/') ? name : `${daemonDir.replace(/\/$/, '')}/${name}`;
    return { path, args: argv.slice(1).join(' '), isNameInArgs: false, isWrapped: false };
  }
  const isNameInArgs = isWrapped || name !== base;
  return { path: server, args: (isNameInArgs ? argv : argv.slice(1)).join(' '), isNameInArgs, isWrapped };
}
