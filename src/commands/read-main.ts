import path from 'node:path';
import type { ModelFiles } from '../model/host-tables.ts';
import type { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { FileError } from './file-error.ts';
import { folderSource } from './folder-source.ts';
import { readMainInput, textOf } from './input.ts';

/**
 * Reads the main file of a configuration: an absolute path below the root, as all absolute paths in it are.
 * @throws FileError when it cannot be read
 */
export async function readMain(
  file: string | undefined,
  root: string | undefined,
  files: ModelFiles,
  io: CommandIo,
): Promise<SourceText> {
  if (root === undefined || file === undefined || !path.isAbsolute(file))
    return await readMainInput(file, io);
  const content = files.read(file);
  if ('bytes' in content) return textOf(file, content.bytes);
  if (content.error === 'directory') return folderSource(file, files.list(file) ?? []);
  throw new FileError(file, `cannot be read below ${root}`);
}
