import { closeSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostFacts, PathFacts } from '../config/host-facts.ts';
import type { SourceTree } from '../lint/source-tree.ts';
import { pathBelow } from '../model/host/path-below.ts';
import { groupRows, numberRows, serviceRows, userRows } from '../model/host/table-rows.ts';
import type { EtcFile } from '../model/host/tables.ts';
import type { ModelFiles } from '../model/host-tables.ts';
import { SourceText } from '../text/source-text.ts';
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
  const text = (name: EtcFile) => {
    const content = place.files.read(join(place.etc, name));
    return 'bytes' in content ? SourceText.fromBytes(name, content.bytes).text : '';
  };
  const numbered = (name: EtcFile) =>
    numberRows(text(name)).flatMap(({ names, number }) => names.map((each) => ({ name: each, number })));
  return {
    version: 1,
    services: serviceRows(text('services')).flatMap(({ names, port, protocol }) =>
      names.map((name) => ({ name, port, protocol })),
    ),
    protocols: numbered('protocols'),
    rpc: numbered('rpc'),
    users: userRows(text('passwd')),
    groups: groupRows(text('group')),
    addresses: place.root === undefined ? localAddresses() : [],
    paths: Object.fromEntries(
      namedPaths(trees).map((path) => [
        path,
        pathFacts(place.root === undefined ? path : pathBelow(place.root, path)),
      ]),
    ),
  };
}

function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...new Set(all.map(({ address }) => address.replace(/%.*$/, '')))].sort();
}

/** Absolute paths of programs, banners and logs. */
function namedPaths(trees: readonly SourceTree[]): string[] {
  const paths = new Set<string>();
  for (const { entry } of trees.flatMap((tree) => tree.entries)) {
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
