import { closeSync, fstatSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { dropInNames, sortByBytes } from '../catalog/drop-in-names.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nameOnDisk, textOfBytes } from '../text/bare-bytes.ts';
import { isText } from '../text/is-text.ts';
import { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { FileError } from './file-error.ts';
import { folderSource, namesRead } from './folder-source.ts';
import { isSystemError, systemReason } from './system-error.ts';
import { UsageError } from './usage-error.ts';

/** Larger files are refused: no configuration is as large, but a log or a disk named by mistake is. */
const sizeLimit = 64 * 1024 * 1024;
const sizeLimitText = '64 MiB';
const chunkSize = 64 * 1024;

export interface InputOptions {
  /** The name of standard input in reports; `-` without it. */
  readonly stdinFilename?: string | undefined;
  /** No complaint about a pattern that no file matches. */
  readonly allowNoMatch?: boolean | undefined;
  /** Files found by a folder or a pattern that are passed over; named files are always read. */
  readonly isIgnored?: ((path: string) => boolean) | undefined;
}

/** What was read, and a diagnostic for everything that could not be. */
export interface Inputs {
  readonly sources: readonly SourceText[];
  readonly failures: readonly Diagnostic[];
}

/**
 * Reads what the words of a command line name: files, folders (their files by the rule of `includedir`, without
 * recursion), quoted patterns, `-` for standard input. Without any word it reads standard input.
 * @throws UsageError without any word when standard input is a terminal
 */
export async function readInputs(
  paths: readonly string[],
  io: CommandIo,
  options: InputOptions = {},
): Promise<Inputs> {
  const sources: SourceText[] = [];
  const failures: Diagnostic[] = [];
  const attempt = async <Result>(work: () => Result | Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failures.push(unreadable(error));
      return undefined;
    }
  };
  const seen = new Set<string>();
  for (const path of paths.length === 0 ? [defaultPath(io)] : paths) {
    for (const file of (await attempt(() => filesOf(path, io.cwd, options))) ?? []) {
      const key = file === '-' ? file : resolve(io.cwd, file);
      if (seen.has(key)) continue;
      seen.add(key);
      const source = await attempt(() =>
        file === '-' ? readInput(file, io, options) : readFile(file, io.cwd),
      );
      if (source !== undefined) sources.push(source);
    }
  }
  return { sources, failures };
}

/**
 * Reads the one file of a command; `-`, or nothing where standard input is no terminal, is standard input. What is no text
 * is named by mistake, and refused: a program would come out as a thousand faults, and repaired or converted ones. A
 * command that only shows what stands where `takesBinary`.
 * @throws FileError when it cannot be read
 */
export async function readInput(
  path: string | undefined,
  io: CommandIo,
  options: Pick<InputOptions, 'stdinFilename'> & { readonly takesBinary?: boolean } = {},
): Promise<SourceText> {
  const named = path ?? defaultPath(io);
  const check = options.takesBinary === true ? (source: SourceText) => source : refuseBinary;
  if (named === '-') return check(await readStdin(io, options.stdinFilename ?? '-'));
  const absolute = resolve(io.cwd, named);
  refuseFolder(named, absolute, statusOf(named, absolute));
  return check(SourceText.fromBytes(named, readBounded(named, absolute)));
}

/**
 * Reads a file that nobody may have named: what would never end, or never begin, is refused.
 * @throws FileError when it cannot be read
 */
export function readFile(path: string, cwd: string): SourceText {
  const absolute = resolve(cwd, path);
  const status = statusOf(path, absolute);
  refuseSpecial(path, absolute, status);
  refuseFolder(path, absolute, status);
  return textOf(path, readBounded(path, absolute));
}

/**
 * The text of a file.
 * @throws FileError when it is none
 */
export function textOf(path: string, bytes: Buffer): SourceText {
  if (!isText(bytes)) throw new FileError(path, notText);
  return SourceText.fromBytes(path, bytes);
}

/**
 * Reads the main file of a configuration. A folder stands for a configuration that includes its files.
 * @throws FileError when it cannot be read
 */
export async function readMainInput(file: string | undefined, io: CommandIo): Promise<SourceText> {
  const absolute = resolve(io.cwd, file ?? '-');
  const isFolder = file !== undefined && file !== '-' && statusOf(file, absolute)?.isDirectory() === true;
  return isFolder ? folderSource(file, readFolder(file, absolute)) : await readInput(file, io);
}

function defaultPath(io: CommandIo): string {
  if (io.stdin.isTTY !== true) return '-';
  throw new UsageError('nothing to read', 'name a file, or "-" to type the text');
}

/**
 * The files that a word stands for. What is named itself is taken whatever it is, found files only if regular.
 * @throws FileError where there is none
 */
export async function filesOf(path: string, cwd: string, options: InputOptions): Promise<string[]> {
  if (path === '-') return [path];
  if (path === '') throw new FileError('""', 'an empty word names no file');
  const status = statusOf(path, resolve(cwd, path));
  if (status?.isDirectory()) {
    const names = readFolder(path, resolve(cwd, path));
    const read = options.allowNoMatch ? dropInNames(names) : namesRead(path, names);
    const found = read.map((name) => `${path.replace(/\/*$/, '/')}${name}`);
    const files = found.filter((file) => isFile(file, cwd));
    if (files.length === 0 && !options.allowNoMatch) {
      throw new FileError(path, `nothing to read here: the folder holds no regular file${below(found, cwd)}`);
    }
    return files.filter((file) => options.isIgnored?.(file) !== true);
  }
  if (status !== undefined || !/[*?[{(]/.test(path)) return [path];
  // Loaded for a pattern only: it costs more than the rest of the program.
  const { filesOfPattern } = await import('./files-of-pattern.ts');
  const files = sortByBytes(filesOfPattern(path, cwd)).filter((file) => isFile(file, cwd));
  if (files.length === 0 && !options.allowNoMatch) throw new FileError(path, 'no file matches this pattern');
  return files.filter((file) => options.isIgnored?.(file) !== true);
}

/** How to read the files further down, where a folder holds folders. */
function below(found: readonly string[], cwd: string): string {
  const folder = found.find((each) => statusOf(each, resolve(cwd, each))?.isDirectory() === true);
  return folder === undefined ? '' : `, and "${dirname(folder)}/**" reads those in its folders`;
}

/** Devices, FIFOs and folders that a pattern or folder brings up are nothing to read. */
function isFile(file: string, cwd: string): boolean {
  try {
    return statusOf(file, resolve(cwd, file))?.isFile() === true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // Reading it will fail as well, and that is reported without keeping the others from being read.
    return true;
  }
}

/** Undefined for what is not there. */
function statusOf(path: string, absolute: string): Stats | undefined {
  try {
    return statSync(nameOnDisk(absolute), { throwIfNoEntry: false });
  } catch (error) {
    throw asFileError(path, error);
  }
}

function readFolder(path: string, absolute: string): string[] {
  try {
    return readdirSync(nameOnDisk(absolute), 'buffer').map(textOfBytes);
  } catch (error) {
    throw asFileError(path, error);
  }
}

function readBounded(path: string, absolute: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(nameOnDisk(absolute), 'r');
    return readDescriptor(path, descriptor);
  } catch (error) {
    throw asFileError(path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readDescriptor(path: string, descriptor: number): Buffer {
  // A file that has a size ends where a read comes short of it; of others, and of those below /proc, nobody knows it.
  const { size } = fstatSync(descriptor);
  const chunks: Buffer[] = [];
  let total = 0;
  for (let room = size === 0 ? chunkSize : Math.min(size, sizeLimit) + 1; ; room = chunkSize) {
    const chunk = Buffer.allocUnsafe(room);
    const count = readSync(descriptor, chunk);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > sizeLimit) throw tooLarge(path);
    if (count === 0 || (size > 0 && total >= size && count < room)) break;
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, total);
}

async function readStdin(io: CommandIo, name: string): Promise<SourceText> {
  try {
    const descriptor = fileDescriptorOf(io.stdin, name);
    const bytes = descriptor === null ? await readStream(io.stdin, name) : readDescriptor(name, descriptor);
    return SourceText.fromBytes(name, bytes);
  } catch (error) {
    throw asFileError(name, error);
  }
}

/** Of a stream that is a regular file (`xcfg < FILE`): reading that at once is much quicker. Node takes a folder for an empty text. */
function fileDescriptorOf(stream: CommandIo['stdin'], name: string): number | null {
  const { fd } = stream as { readonly fd?: unknown };
  if (typeof fd !== 'number') return null;
  const status = fstatSync(fd);
  if (status.isDirectory()) {
    throw new FileError(name, 'standard input is a folder; name it on the command line');
  }
  return status.isFile() ? fd : null;
}

async function readStream(stream: CommandIo['stdin'], name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    total += bytes.length;
    if (total > sizeLimit) throw tooLarge(name);
  }
  return Buffer.concat(chunks, total);
}

/**
 * Refuses devices, sockets and named pipes: nothing is on these, or perhaps nobody ever writes. What a shell hands
 * over is read whatever it is.
 */
function refuseSpecial(path: string, absolute: string, status: Stats | undefined): void {
  if (isDescriptor(absolute)) return;
  if (status?.isFIFO()) throw new FileError(path, 'a named pipe, which nobody may ever write to');
  if (status?.isBlockDevice() || status?.isCharacterDevice()) throw new FileError(path, 'a device');
  if (status?.isSocket()) throw new FileError(path, 'a socket');
}

/** Whether a name stands for what a shell hands over (`<(...)`, /dev/stdin): as a rule a pipe, which can be read once. */
export function isDescriptor(absolute: string): boolean {
  return /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/(?:self|\d+)\/fd\/\d+)$/.test(absolute);
}

function refuseFolder(path: string, absolute: string, status: Stats | undefined): void {
  if (status?.isDirectory() !== true) return;
  namesRead(path, readFolder(path, absolute));
  throw new FileError(path, 'is a folder: name a file in it');
}

const notText = 'not a text file';

function refuseBinary(source: SourceText): SourceText {
  if (!isText(source.encode(source.text.slice(0, 1024)))) throw new FileError(source.path, notText);
  return source;
}

function tooLarge(path: string): FileError {
  return new FileError(path, `larger than ${sizeLimitText}, which no configuration is`);
}

function asFileError(path: string, error: unknown): unknown {
  return isSystemError(error) ? new FileError(path, systemReason(error)) : error;
}

/** What there is to say of a file that could not be read. */
export function unreadable({ path, reason }: FileError): Diagnostic {
  return {
    code: 'unreadable-input',
    severity: 'error',
    message: `cannot be read: ${reason}`,
    location: { source: new SourceText(path, ''), range: { start: 0, end: 0 } },
  };
}
