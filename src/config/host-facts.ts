/** What is known of a path that the configuration names; never what the file holds. */
export interface PathFacts {
  readonly kind: 'file' | 'directory' | 'other' | 'missing' | 'broken-link';
  readonly owner?: number;
  /** Permission bits. */
  readonly mode?: number;
  /** Whether group or others can write to a folder above it, or someone else than root owns one. */
  readonly hasLooseParents?: boolean;
  /** Whether a text file begins with `#!`; absent for binaries and what cannot be read. */
  readonly hasInterpreterLine?: boolean;
  readonly isText?: boolean;
}

/** A snapshot of a machine, as `xcfg facts` writes it: names with numbers, addresses, and facts about paths. */
export interface HostFacts {
  readonly version: 1;
  readonly services: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly protocols: readonly { readonly name: string; readonly number: number }[];
  readonly rpc: readonly { readonly name: string; readonly number: number }[];
  readonly users: readonly { readonly name: string; readonly uid: number; readonly gid: number }[];
  readonly groups: readonly { readonly name: string; readonly gid: number }[];
  /** Addresses of interfaces. */
  readonly addresses: readonly string[];
  readonly paths: Readonly<Record<string, PathFacts>>;
}
