import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wellKnownRpcPrograms } from '../../src/catalog/well-known-rpc.ts';
import { wellKnownServices } from '../../src/catalog/well-known-services.ts';
import { type DaemonName, daemonEnvironment, daemonPath, inPrivateNetwork } from './daemons.ts';

const script = fileURLToPath(new URL('run-in-namespace.sh', import.meta.url));

/** What a daemon did with a configuration. */
export interface DaemonRun {
  readonly log: string;
  /** The state dump of xinetd, or the listening sockets. */
  readonly state: string;
}

/** Runs a daemon with each of the configurations, by name, in a folder that the caller removes. */
export function runDaemon(
  kind: 'xinetd' | 'inetd',
  daemon: DaemonName,
  folder: string,
  configurations: Readonly<Record<string, string>>,
  accounts: { readonly users: readonly string[]; readonly groups: readonly string[] } = {
    users: [],
    groups: [],
  },
): Readonly<Record<string, DaemonRun>> {
  mkdirSync(join(folder, 'cases'));
  writeTables(folder, accounts.users, accounts.groups);
  for (const [name, text] of Object.entries(configurations)) {
    writeFileSync(join(folder, 'cases', `${name}.conf`), text);
  }
  const [command = '', ...args] = inPrivateNetwork(['sh', script, kind, daemonPath(daemon) ?? '', folder]);
  const { status, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...daemonEnvironment() },
    timeout: 900_000,
  });
  assert.equal(status, 0, stderr);
  const read = (name: string) => readFileSync(join(folder, 'cases', name), 'latin1');
  return Object.fromEntries(
    Object.keys(configurations).map((name) => [
      name,
      { log: read(`${name}.log`), state: read(`${name}.dump`) },
    ]),
  );
}

const users = ['root', 'daemon', 'nobody', 'guest', 'telnetd', 'nrpe', 'jo.doe', 'backup'];
const groups = ['root', 'daemon', 'nogroup', 'tty', 'staff', 'games'];

/** Makes the tables that the daemon will see, in `etc` below the folder. */
export function writeTables(
  folder: string,
  moreUsers: readonly string[] = [],
  moreGroups: readonly string[] = [],
): string {
  const etc = join(folder, 'etc');
  mkdirSync(etc, { recursive: true });
  writeFileSync(
    join(etc, 'passwd'),
    distinct(users, moreUsers)
      .map((name, id) => `${name}:x:${id}:${id}::/:/bin/sh\n`)
      .join(''),
  );
  writeFileSync(
    join(etc, 'group'),
    distinct(groups, moreGroups)
      .map((name, id) => `${name}:x:${id}:\n`)
      .join(''),
  );
  const services = wellKnownServices
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [name, port, protocols = '', ...aliases] = line.split(' ');
      return protocols.split(',').map((protocol) => `${name} ${port}/${protocol} ${aliases.join(' ')}\n`);
    });
  writeFileSync(join(etc, 'services'), services.join(''));
  writeFileSync(join(etc, 'rpc'), wellKnownRpcPrograms);
  return etc;
}

function distinct(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set([...first, ...second])];
}

/** Ids of the services that a state dump calls active; one that is reached through tcpmux needs no socket for that. */
export function activeServices(dump: string): readonly string[] {
  return dump
    .split(/^Service = /m)
    .slice(1)
    .filter((service) => /^\tState = Active$|^\t+type = .*TCPMUX/m.test(service))
    .map((service) => /^\t+id = (.*)$/m.exec(service)?.[1] ?? '');
}
