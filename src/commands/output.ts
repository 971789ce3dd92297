import { nameOnDisk } from '../text/bare-bytes.ts';

/**
 * Writes a text and waits until the stream has taken it, so that nothing is lost when the process ends. Names of files in it
 * have the bytes that they have on the disk.
 */
export function write(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(typeof text === 'string' ? nameOnDisk(text) : text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
