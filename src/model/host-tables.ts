/** What the model asks of the host: the databases below /etc, files and names. Tests and `--etc`/`--root` give others. */
export interface HostTables {
  /** Port of a service (names and aliases, case-sensitive), as getservbyname. */
  servicePort(name: string, protocol: string): number | undefined;
  /** Number of a protocol. */
  protocolNumber(name: string): number | undefined;
  /** Program number of an RPC program. */
  rpcNumber(name: string): number | undefined;
  /** IPv4 network of a name (in any case) in the networks file, as a 32-bit number; `unreadableNetwork` where it has none. */
  network(name: string): number | undefined;
  /**
   * Numeric addresses of a host name in the order of the resolver, of both families unless one is asked for; empty when
   * it does not resolve.
   */
  hostAddresses(name: string, family?: 4 | 6): readonly string[];
  user(name: string): { readonly uid: number; readonly gid: number } | undefined;
  userName(uid: number): string | undefined;
  group(name: string): { readonly gid: number } | undefined;
  /** Number of a network interface. */
  interfaceNumber(name: string): number | undefined;
  interfaceName(number: number): string | undefined;
}

/** What the C library makes of a network whose number cannot be read. */
export const unreadableNetwork = 0xffffffff;

/** Why a file cannot be read; exhausted: no descriptor is left. */
export type ReadError =
  | 'missing'
  | 'directory'
  | 'denied'
  | 'exhausted'
  | 'pipe'
  | 'device'
  | 'too-large'
  | 'other';

/** What the model asks of the file system. */
export interface ModelFiles {
  /** Content of a file, with what reports call it where that is not the path that leads to it; or why there is none. */
  read(path: string): { readonly bytes: Buffer; readonly name?: string } | { readonly error: ReadError };
  /** Names in a directory, unsorted; undefined when it is none. */
  list(path: string): readonly string[] | undefined;
  kind(path: string): 'file' | 'directory' | 'other' | 'missing';
  /** The same for all names of a file and of no other one; undefined where there is none. */
  identity(path: string): string | undefined;
  /** As access(2) with X_OK. */
  isExecutable(path: string): boolean;
}
