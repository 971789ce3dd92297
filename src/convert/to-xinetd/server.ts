import { baseName } from '../../text/base-name.ts';
import type { PlaceReport } from '../diagnostic.ts';

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
export function serverOf(path: string, args: string, daemonDir: string | null, report: PlaceReport): Server {
  const base = baseName(path);
  const isWrapped = base === 'tcpd';
  if (args === '') {
    report.warning(
      'no-argv0',
      isWrapped
        ? 'no daemon behind tcpd; it would start itself'
        : `no program name after the path; xinetd passes ${base} as argv[0], inetd passes none`,
    );
    return { path, args, isNameInArgs: false, isWrapped };
  }
  const blank = args.indexOf(' ');
  const name = blank === -1 ? args : args.slice(0, blank);
  const rest = blank === -1 ? '' : args.slice(blank + 1);
  if (isWrapped && daemonDir !== null) {
    const daemon = name.startsWith('/') ? name : `${daemonDir.replace(/\/$/, '')}/${name}`;
    return { path: daemon, args: rest, isNameInArgs: false, isWrapped: false };
  }
  const isNameInArgs = isWrapped || name !== base;
  return { path, args: isNameInArgs ? args : rest, isNameInArgs, isWrapped };
}
