import { closeSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostFacts, PathFacts } from '../config/host-facts.ts';
import { entriesInOrder } from '../lint/reading-order.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { pathBelow } from '../model/host/path-below.ts';
import { tableLines } from '../model/host/table-lines.ts';
import type { ModelFiles } from '../model/host-tables.ts';
import { isSystemError } from './system-error.ts';

export interface FactsPlace {
  readonly files: ModelFiles;
  /** Stands for `/`; without it the machine itself is looked at, its interfaces too. */
  readonly root?: string | undefined;
  /** Where the databases are. */
  readonly etc: string;
}

/** Looks at a machine: its tables, its addresses, and the paths that the configuration names. No contents, no environment. */
export function gatherFacts(trees: readonly SourceTree[], place: FactsPlace): HostFacts {
  const lines = (name: string) => {
    const content = place.files.read(join(place.etc, name));
    return 'bytes' in content ? tableLines(content.bytes.toString('latin1')) : [];
  };
  const numbered = (name: string) =>
    [...lines(name)].flatMap(([first, number = '', ...aliases]) =>
      /^[0-9]+$/.test(number) && first !== undefined
        ? [first, ...aliases].map((each) => ({ name: each, number: Number(number) }))
        : [],
    );
  return {
    version: 1,
    services: [...lines('services')].flatMap(([first, port = '', ...aliases]) => {
      const match = /^([0-9]+)\/(.+)$/.exec(port);
      if (match === null || first === undefined) return [];
      const [, number = '', protocol = ''] = match;
      return [first, ...aliases].map((name) => ({ name, port: Number(number), protocol }));
    }),
    protocols: numbered('protocols'),
    rpc: numbered('rpc'),
    users: accounts(lines('passwd')).map(([name = '', , uid, gid]) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
    })),
    groups: accounts(lines('group')).map(([name = '', , gid]) => ({ name, gid: Number(gid) })),
    addresses: place.root === undefined ? localAddresses() : [],
    paths: Object.fromEntries(
      namedPaths(trees).map((path) => [
        path,
        pathFacts(place.root === undefined ? path : pathBelow(place.root, path)),
      ]),
    ),
  };
}

/** Lines of passwd and group: fields between colons, which the reader of tables leaves in one word. */
function accounts(lines: Iterable<readonly string[]>): string[][] {
  return [...lines].map((words) => words.join(' ').split(':'));
}

function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...new Set(all.map(({ address }) => address.replace(/%.*$/, '')))].sort();
}

/** Absolute paths of programs, banners and logs. */
function namedPaths(trees: readonly SourceTree[]): string[] {
  const paths = new Set<string>();
  for (const { entry } of trees.flatMap((tree) => entriesInOrder(tree))) {
    for (const { key, values } of entry.attributes) {
      const word =
        key === 'log_type'
          ? values[1]
          : /^(?:server|banner(?:_success|_fail)?)$/.test(key)
            ? values[0]
            : undefined;
      if (word?.text.startsWith('/')) paths.add(word.text);
    }
  }
  return [...paths].sort();
}

function pathFacts(path: string): PathFacts {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) {
      return { kind: lstatSync(path, { throwIfNoEntry: false }) === undefined ? 'missing' : 'broken-link' };
    }
    const kind = status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
    return {
      kind,
      owner: status.uid,
      mode: status.mode & 0o7777,
      hasLooseParents: hasLooseParents(path),
      ...(kind === 'file' ? firstLine(path) : {}),
    };
  } catch (error) {
    if (isSystemError(error)) return { kind: 'missing' };
    throw error;
  }
}

/** A sticky folder lets nobody replace what is not his. */
function hasLooseParents(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const status: Stats | undefined = statSync(folder, { throwIfNoEntry: false });
    if (status === undefined) return false;
    const isLoose = (status.mode & 0o022) !== 0 && (status.mode & 0o1000) === 0;
    if (isLoose || status.uid !== 0) return true;
  }
  return false;
}

/** Whether the first bytes are text, and begin with `#!`. */
function firstLine(path: string): Pick<PathFacts, 'isText' | 'hasInterpreterLine'> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(256);
    const start = bytes.subarray(0, readSync(descriptor, bytes)).toString('latin1');
    return { isText: !/[\0-\x08\x0e-\x1a]/.test(start), hasInterpreterLine: start.startsWith('#!') };
  } catch (error) {
    // A program that may be run and not read is none of the scripts that this is about.
    if (isSystemError(error)) return {};
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
