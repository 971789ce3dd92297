import { constants } from 'node:fs';
import { open, readFile, rename, unlink } from 'node:fs/promises';

/**
 * Puts the process number into a file of mode 0644, which is there complete or not at all. A file that is there already is
 * replaced, never written through: it may be left over from a crash, or a link that somebody put there.
 */
export async function writePidFile(path: string, pid: number): Promise<void> {
  const temporary = `${path}.${pid}`;
  await unlinkIfPresent(temporary);
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const file = await open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o644);
  try {
    await file.writeFile(`${pid}\n`);
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** Removes the file unless another daemon has put its own number there since. */
export async function removePidFile(path: string, pid: number): Promise<void> {
  try {
    if (Number.parseInt(await readFile(path, 'latin1'), 10) === pid) await unlinkIfPresent(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function unlinkIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
