import { readFileSync, realpathSync } from 'node:fs';
import { textOfBytes } from '../text/bare-bytes.ts';
import type { CommandIo } from './command.ts';
import { isSystemError } from './system-error.ts';

/**
 * The words of a command line with the bytes that were given: Node reads them as UTF-8, and what is none has become
 * replacement characters, under which no file is found. Where the system does not tell them they stay as they are.
 */
export function givenWords(words: readonly string[]): readonly string[] {
  if (!words.some((word) => word.includes('\ufffd'))) return words;
  const given = commandLine().slice(-words.length);
  return words.map((word, at) => {
    const bytes = given[at];
    return bytes?.toString() === word ? textOfBytes(bytes) : word;
  });
}

/** The same for the folder that a command runs in. */
export function inGivenFolder(io: CommandIo): CommandIo {
  if (!io.cwd.includes('\ufffd') || io.cwd !== process.cwd()) return io;
  // No copy: standard input is opened when it is first looked at.
  return Object.create(io, { cwd: { value: textOfBytes(realpathSync.native('.', 'buffer')) } });
}

/** The words of this process, each ended by a NUL. */
function commandLine(): readonly Buffer[] {
  const words: Buffer[] = [];
  try {
    const bytes = readFileSync('/proc/self/cmdline');
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(0, start);
      words.push(bytes.subarray(start, end));
      start = end + 1;
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return words;
}
