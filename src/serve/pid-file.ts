import { readFile, rename, unlink, writeFile } from 'node:fs';
import { promisify } from 'node:util';

// Not node:fs/promises, which costs more than 3 MiB of memory for as long as the daemon runs.
const read = promisify(readFile);
const write = promisify(writeFile);
const move = promisify(rename);
const remove = promisify(unlink);

/**
 * Puts the process number into a file of mode 0644, which is there complete or not at all. A file that is there already is
 * replaced, never written through: it may be left over from a crash, or a link that somebody put there.
 */
export async function writePidFile(path: string, pid: number): Promise<void> {
  const temporary = `${path}.${pid}`;
  await removeIfPresent(temporary);
  await write(temporary, `${pid}\n`, { flag: 'wx', mode: 0o644 });
  await move(temporary, path);
}

/** Removes the file unless another daemon has put its own number there since. */
export async function removePidFile(path: string, pid: number): Promise<void> {
  try {
    if (Number.parseInt(await read(path, 'latin1'), 10) === pid) await removeIfPresent(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await remove(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
