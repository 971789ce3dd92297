import { constants } from 'node:fs';
import { open, readFile, unlink } from 'node:fs/promises';

/**
 * Writes the process number into a new file of mode 0644. A file that is there is replaced, never written through: it may
 * be left over from a crash, or a link that somebody put there.
 */
export async function writePidFile(path: string, pid: number): Promise<void> {
  await unlinkIfPresent(path);
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const file = await open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o644);
  try {
    await file.writeFile(`${pid}\n`);
  } finally {
    await file.close();
  }
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
