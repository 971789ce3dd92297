import { dropInNames } from '../catalog/drop-in-names.ts';
import type { ModelFiles, ReadError } from './host-tables.ts';

/**
 * How many levels of includes are followed below the main file. Configurations have two or three; more are made by a slip of
 * some program, and the daemon itself gives up where its descriptors end, at 57 levels with 64 of them.
 */
export const deepestInclude = 100;

/** How often files are read once more in one configuration: the reads of files that include each other twice multiply. */
export const mostRepeatedReads = 100;

/** Why a file is not read inside those that include it. */
export type IncludeRefusal = 'loop' | 'depth' | 'repeats';

/** The files that are being read, each one by a directive of the one before it: what keeps following includes bounded. */
export class IncludeStack {
  readonly #files: Pick<ModelFiles, 'identity'>;
  readonly #open = new Set<string>();
  readonly #read = new Set<string>();
  #repeatedReads = 0;
  /** Of the file that was asked about last, which is the one that is read next. */
  #last: { readonly path: string; readonly key: string } | null = null;

  constructor(files: Pick<ModelFiles, 'identity'>) {
    this.#files = files;
  }

  /** Why a file cannot be read at this place; null when it can. */
  refusal(path: string): IncludeRefusal | null {
    const key = this.#key(path);
    if (this.#open.has(key)) return 'loop';
    if (this.#open.size > deepestInclude) return 'depth';
    return this.#repeatedReads >= mostRepeatedReads && this.#read.has(key) ? 'repeats' : null;
  }

  /** Reads a file inside the ones that are open. */
  within(path: string, read: () => void): void {
    const key = this.#key(path);
    if (this.#read.has(key)) this.#repeatedReads += 1;
    this.#read.add(key);
    this.#open.add(key);
    read();
    this.#open.delete(key);
  }

  /** A file has many names: links, and paths with `.` and `..` in them. */
  #key(path: string): string {
    if (this.#last?.path === path) return this.#last.key;
    const key = this.#files.identity(path) ?? `path ${path}`;
    this.#last = { path, key };
    return key;
  }
}

/** The names that `includedir` looks at, in its order; undefined when the directory cannot be read. */
export function includedNames(files: ModelFiles, directory: string): readonly string[] | undefined {
  const names = files.list(directory);
  return names === undefined ? undefined : dropInNames(names);
}

const wayOut = 'create it, or remove what names it';

/** Why a file of the configuration cannot be read, in words. */
export const readErrorTexts: Readonly<Record<ReadError, string>> = {
  missing: `there is no such file; ${wayOut}`,
  directory: 'it is a directory',
  denied: 'permission denied',
  exhausted: 'too many open files',
  pipe: 'it is a named pipe, which nobody may ever write to',
  device: 'it is a device',
  'too-large': 'it is larger than 64 MiB, which no configuration is',
  other: 'it is no file that can be read',
};

/** Why a directory cannot be read, in words. */
export function directoryErrorText(files: ModelFiles, directory: string): string {
  const kind = files.kind(directory);
  if (kind === 'missing') return `there is no such directory; ${wayOut}`;
  return kind === 'directory' ? 'it cannot be read' : 'it is no directory';
}
