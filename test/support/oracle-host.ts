import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProfileName } from '../../src/catalog/profiles.ts';
import { withoutScope } from '../../src/model/addresses/scoped-ipv6.ts';
import { isAlwaysLocal } from '../../src/model/host/start-conditions.ts';
import { hostRows } from '../../src/model/host/table-rows.ts';
import { etcFiles, tablesOf } from '../../src/model/host/tables.ts';
import type { HostTables, ModelFiles } from '../../src/model/host-tables.ts';
import type { StartConditions } from '../../src/model/start.ts';

export const oracleFolder = fileURLToPath(new URL('../../fixtures/oracle-xinetd', import.meta.url));

/** The environment in force while the cases were recorded. */
export const oracleEnvironment: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/'],
  ['LANG', 'C'],
  ['TZ', 'UTC'],
  ['ORACLE_ENV', 'seen'],
]);

export function oracleTables(): HostTables {
  const texts = etcFiles.map((name) => [name, readFileSync(path.join(oracleFolder, 'etc', name), 'latin1')]);
  return tablesOf(Object.fromEntries(texts), () => new Map([['lo', 1]]));
}

const entryText = (name: string, port: number) => `service ${name}
{
\ttype = UNLISTED
\tsocket_type = stream
\tprotocol = tcp
\tport = ${port}
\tbind = 127.0.0.1
\twait = no
\tuser = root
\tserver = /bin/cat
}
`;

/** Files of inc/dir whose names do not travel well: made by the recorder, not stored. `null` is a dangling link. */
export const oddFiles: Readonly<Record<string, string | null>> = {
  'inc/dir/#hash#': entryText('hash', 20073),
  'inc/dir/backup~': entryText('tilde', 20072),
  'inc/dir/.hidden': entryText('hidden', 20071),
  'inc/dir/dangling': null,
};

const hostFolders = new Set(['/', '/bin', '/etc', '/tmp', '/usr/bin', '.', '..', 'inc', 'inc/dir']);
const hostPrograms = new Set(['/bin/cat', '/usr/bin/cat', '/bin/true', '/bin/sh', 'inc/script']);

/** A folder that is there; a slash or a dot may stand behind its name. */
function isHostFolder(name: string): boolean {
  return hostFolders.has(path.normalize(name).replace(/(?<=.)\/$/, ''));
}

/** Behind the name of a file it may not. */
function isHostProgram(name: string): boolean {
  return !/\/\.?$/.test(name) && hostPrograms.has(path.normalize(name));
}

/** The folder of a run while the cases were recorded: relative names lead there, absolute ones to the host. */
export const oracleFiles: ModelFiles = {
  read(name) {
    const odd = oddFiles[path.normalize(name)];
    if (typeof odd === 'string') return { bytes: Buffer.from(odd) };
    const full = path.resolve(oracleFolder, name);
    if (!existsSync(full)) return { error: 'missing' };
    return statSync(full).isDirectory() ? { error: 'directory' } : { bytes: readFileSync(full) };
  },
  list(name) {
    const full = path.resolve(oracleFolder, name);
    if (!existsSync(full) || !statSync(full).isDirectory()) return undefined;
    const odd = Object.keys(oddFiles).filter(
      (each) => path.resolve(oracleFolder, path.dirname(each)) === full,
    );
    return [...readdirSync(full), ...odd.map((each) => path.basename(each))];
  },
  kind(name) {
    const odd = oddFiles[path.normalize(name)];
    if (odd !== undefined) return odd === null ? 'missing' : 'file';
    const full = path.resolve(oracleFolder, name);
    if (!existsSync(full)) return 'missing';
    return statSync(full).isDirectory() ? 'directory' : 'file';
  },
  identity: (name) => path.resolve(oracleFolder, name),
  isExecutable: (name) => isHostFolder(name) || isHostProgram(name),
};

/** To resolve a configuration on that host, where every program is there and the daemon stays without services. */
export function oracleSettings(profile: ProfileName) {
  return {
    profile,
    tables: oracleTables(),
    files: { ...oracleFiles, isExecutable: () => true },
    environment: oracleEnvironment.keys(),
    stayAlive: true,
  };
}

/** Only `lo` existed, nothing but the services themselves ran, and the folder of the run could be written. */
export const oracleStart: StartConditions = {
  isLocalAddress: isAlwaysLocal,
  hasPortmapper: false,
  canAppend: (name) => !name.endsWith('/') && !isHostFolder(name) && isFolder(path.dirname(name)),
  // It ran with 64 descriptors.
  descriptors: 56,
};

function isFolder(name: string): boolean {
  return oracleFiles.kind(name) === 'directory';
}

/** Reverse look-up in the hosts file: the first name of the first line with the address, which may be mapped there. */
export function oracleHostName(address: string): string | undefined {
  const plain = withoutScope(address);
  const rows = hostRows(readFileSync(path.join(oracleFolder, 'etc', 'hosts'), 'latin1'));
  return rows.find((row) => row.address === plain || row.address === `::ffff:${plain}`)?.names[0];
}
