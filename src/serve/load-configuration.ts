import type { LookupAddress } from 'node:dns';
import type { Format } from '../ast/nodes.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import { resolve } from '../model/resolve.ts';
import type { Configuration } from '../model/service.ts';
import { SourceText } from '../text/source-text.ts';

/** Where a configuration comes from. */
export interface ConfigurationSource {
  readonly file: string;
  /** What the file is; undefined where the text is to decide. */
  readonly format: Format | undefined;
  readonly dialect: DialectChoice;
  /** An inetd.conf to read after it (-inetd_compat). */
  readonly inetdCompat: string | null;
  readonly tables: HostTables;
  readonly files: ModelFiles;
  /** Names of variables that passenv can see. */
  readonly environment: readonly string[];
}

/**
 * Reads and resolves a configuration under the profile `serve`. Host names are asked for beside the event loop: the files are
 * resolved again until no name is left that nobody has looked up.
 */
export async function loadConfiguration(source: ConfigurationSource): Promise<Configuration> {
  const known = new Map<string, readonly LookupAddress[]>();
  const inetdCompat = source.inetdCompat === null ? null : readSource(source.inetdCompat, source.files);
  for (;;) {
    const asked = new Set<string>();
    const hostAddresses = (name: string, family?: 4 | 6): readonly string[] => {
      const local = source.tables.hostAddresses(name, family);
      if (local.length > 0) return local;
      const addresses = known.get(name);
      if (addresses === undefined) asked.add(name);
      return (addresses ?? [])
        .filter((each) => family === undefined || each.family === family)
        .map(({ address }) => address);
    };
    const configuration = resolve(source.file, {
      profile: 'serve',
      format: source.format,
      dialect: source.dialect,
      tables: { ...source.tables, hostAddresses },
      files: source.files,
      environment: source.environment,
      // Whether the daemon stays without services is for the daemon to say, which may refuse some.
      stayAlive: true,
      ...(inetdCompat === null ? {} : { inetdCompat }),
    });
    if (asked.size === 0) return configuration;
    for (const name of asked) known.set(name, await findAddresses(name));
  }
}

/** Null when there is no such file: xinetd passes over it too. */
function readSource(path: string, files: ModelFiles): SourceText | null {
  const content = files.read(path);
  return 'bytes' in content ? SourceText.fromBytes(path, content.bytes) : null;
}

async function findAddresses(name: string): Promise<readonly LookupAddress[]> {
  // Loaded when a name occurs: it costs 2 MiB of memory for as long as the daemon runs.
  const { lookup } = await import('node:dns/promises');
  try {
    return await lookup(name, { all: true, verbatim: true });
  } catch {
    // A name that does not resolve has no address; the entry that needs one says so with its line.
    return [];
  }
}
