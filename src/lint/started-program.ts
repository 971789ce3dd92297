import { baseName } from '../text/base-name.ts';
import type { Range } from '../text/range.ts';
import { attributeOf, rangeOf, type ServiceView } from './service-view.ts';

/** The program that serves clients in the end. */
export interface StartedProgram {
  /** As it is written: behind tcpd it may be a name alone, which tcpd looks for beside itself. */
  readonly path: string;
  /** Its base name. */
  readonly name: string;
  /** Arguments, without argv[0]. */
  readonly args: readonly string[];
  /** Where it is named. */
  readonly at: Range;
}

/** What a service starts, or tcpd in its place: the program that it is called by. Null where it starts none. */
export function startedProgram(view: ServiceView): StartedProgram | null {
  const { server, argv0, args } = view;
  if (server === null) return null;
  const isBehindTcpd = baseName(server) === 'tcpd' && argv0 !== null;
  const path = isBehindTcpd ? argv0 : server;
  const at = isBehindTcpd ? argv0Range(view) : rangeOf(view, 'server');
  return { path, name: baseName(path), args, at };
}

function argv0Range(view: ServiceView): Range {
  const words = attributeOf(view, view.entry.syntax === 'block' ? 'server_args' : 'argv')?.values ?? [];
  return words[0] ?? rangeOf(view, 'server');
}
