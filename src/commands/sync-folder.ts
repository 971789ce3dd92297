import { closeSync, fsyncSync, openSync } from 'node:fs';
import { nameOnDisk } from '../text/bare-bytes.ts';

/** Makes new names in a folder durable; without it a crash could bring the old ones back. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(nameOnDisk(folder), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
