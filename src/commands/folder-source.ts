import { dropInNames } from '../catalog/drop-in-names.ts';
import { SourceText } from '../text/source-text.ts';
import { FileError } from './file-error.ts';

/**
 * A main file that includes the files of a folder.
 * @param names what the folder holds
 * @throws FileError when nothing of it is read
 */
export function folderSource(folder: string, names: readonly string[]): SourceText {
  namesRead(folder, names);
  return new SourceText(folder, `includedir ${folder.replace(/(?<=.)\/+$/, '')}\n`);
}

/**
 * The names in a folder that are read. To read nothing would look as if all were well.
 * @throws FileError for none
 */
export function namesRead(folder: string, names: readonly string[]): string[] {
  const read = dropInNames(names);
  if (read.length > 0) return read;
  const why =
    names.length === 0
      ? 'the folder is empty'
      : 'as includedir does, names with a "." or a final "~" are skipped';
  throw new FileError(folder, `nothing to read here: ${why}`);
}
