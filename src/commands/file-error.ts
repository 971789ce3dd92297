/** A file that could not be read or written: its name as the user gave it, and why. Exit status 2. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}
