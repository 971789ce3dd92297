import { lstat, readFile, rename, unlink, writeFile } from 'node:fs';
import { promisify } from 'node:util';

// Not node:fs/promises, which costs more than 3 MiB of memory for as long as the daemon runs.
const look = promisify(lstat);
const read = promisify(readFile);
const write = promisify(writeFile);
const move = promisify(rename);
const remove = promisify(unlink);

/**
 * The file with the process number, of mode 0644, which is there complete or not at all. One that is there already is
 * replaced, never written through: it may be left over from a crash, or a link that somebody put there.
 */
export class PidFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #pid: number;
  #isPublished = false;

  private constructor(path: string, pid: number) {
    this.#path = path;
    this.#temporary = `${path}.${pid}`;
    this.#pid = pid;
  }

  /** Makes sure that it can be written, before anything is started that would have to be stopped again. */
  static async prepare(path: string, pid: number): Promise<PidFile> {
    const file = new PidFile(path, pid);
    await file.#named(async () => {
      if (await isFolder(path)) {
        throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR', syscall: 'open' });
      }
      await removeIfPresent(file.#temporary);
      await write(file.#temporary, `${pid}\n`, { flag: 'wx', mode: 0o644 });
    });
    return file;
  }

  /** Puts it in its place: the daemon works. */
  async publish(): Promise<void> {
    await this.#named(() => move(this.#temporary, this.#path));
    this.#isPublished = true;
  }

  /** Errors tell the name that somebody gave, not the one that the file has for a moment. */
  async #named(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw Object.assign(error as NodeJS.ErrnoException, { path: this.#path });
    }
  }

  /** Removes it unless another daemon has put its own number there since. */
  async remove(): Promise<void> {
    await removeIfPresent(this.#temporary);
    if (!this.#isPublished) return;
    try {
      if (Number.parseInt(await read(this.#path, 'latin1'), 10) === this.#pid)
        await removeIfPresent(this.#path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await look(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await remove(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
