import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where scripts/fetch-daemons.sh unpacked the real programs. */
const folder = process.env.XCFG_DAEMONS ?? fileURLToPath(new URL('../../.daemons', import.meta.url));

const places = {
  xinetd: 'xinetd/usr/sbin/xinetd',
  itox: 'xinetd/usr/bin/itox',
  xconv: 'xinetd/usr/bin/xconv.pl',
  openbsdInetd: 'openbsd-inetd/usr/sbin/inetd',
  inetutilsInetd: 'inetutils-inetd/usr/sbin/inetutils-inetd',
  tcpd: 'tcpd/usr/sbin/tcpd',
  telnetd: 'inetutils-telnetd/usr/sbin/telnetd',
  cvs: 'cvs/usr/bin/cvs',
  tcpserver: 'ucspi-tcp/usr/bin/tcpserver',
  augparse: 'augeas-tools/usr/bin/augparse',
  lenses: 'libraries/usr/share/augeas/lenses/dist',
} as const;

/** A real program (or the folder of the augeas lenses) that tests compare with. */
export type DaemonName = keyof typeof places;

/** Its path, or undefined where it was not fetched. */
export function daemonPath(name: DaemonName): string | undefined {
  const path = join(folder, places[name]);
  return existsSync(path) ? path : undefined;
}

/** The libraries of the fetched programs. */
export const libraries = join(folder, 'libraries');

/** What the fetched programs need in their environment to find them. */
export function daemonEnvironment(): { readonly LD_LIBRARY_PATH: string } {
  const triplets = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];
  const folders = triplets.flatMap((triplet) => [`lib/${triplet}`, `usr/lib/${triplet}`]);
  return { LD_LIBRARY_PATH: folders.map((name) => join(libraries, name)).join(':') };
}

/** For `{ skip: withoutDaemons('xinetd') }`: why a test that needs these programs cannot run, or false when it can. */
export function withoutDaemons(...names: DaemonName[]): string | false {
  const missing = names.filter((name) => daemonPath(name) === undefined);
  // Where the daemons have been fetched on purpose, a test that leaves itself out for want of one is a mistake.
  if (missing.length > 0 && process.env.XCFG_REQUIRE_DAEMONS) throw new Error(`no ${missing.join(', ')}`);
  return missing.length > 0 && `${missing.join(', ')} not fetched (scripts/fetch-daemons.sh)`;
}

/** The command line that runs `argv` with a loopback device and mounts of its own; needs root, see below. */
export function inPrivateNetwork(argv: readonly string[]): string[] {
  return ['unshare', '-n', '-m', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...argv];
}

let privateNetworkFault: string | false | undefined;

/** For `{ skip: withoutPrivateNetwork() }`: why there can be no private network here, or false when there can. */
export function withoutPrivateNetwork(): string | false {
  if (privateNetworkFault === undefined) {
    const [command = '', ...args] = inPrivateNetwork(['true']);
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    privateNetworkFault = status !== 0 && `no private network: ${error?.message ?? stderr.trim()}`;
  }
  return privateNetworkFault;
}
