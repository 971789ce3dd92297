import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { SourceText } from '../text/source-text.ts';

/** A configuration file, and the key of it that holds the configuration (in package.json). */
export interface ConfigurationFile {
  readonly source: SourceText;
  readonly folder: string;
  readonly key: string | undefined;
}

const fileNames = ['xcfg.json', '.xcfg.json'] as const;

/** The nearest configuration file, from a folder upwards to the root of the repository. */
export function findConfiguration(folder: string): ConfigurationFile | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const name of fileNames) {
      const path = join(at, name);
      if (isFile(path)) return openConfiguration(path);
    }
    const packageFile = join(at, 'package.json');
    if (isFile(packageFile)) {
      const found = openConfiguration(packageFile, 'xcfg');
      if (/"xcfg"\s*:\s*\{/.test(found.source.text)) return found;
    }
    if (existsSync(nameOnDisk(join(at, '.git'))) || dirname(at) === at) return undefined;
  }
}

/** A folder of that name is none of ours. */
function isFile(path: string): boolean {
  return statSync(nameOnDisk(path), { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Opens a configuration file by name.
 * @throws the error of the system when it cannot be read
 */
export function openConfiguration(path: string, key?: string): ConfigurationFile {
  return { source: SourceText.fromBytes(path, readFileSync(nameOnDisk(path))), folder: dirname(path), key };
}
