import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes new names in a folder durable; without it a crash could bring the old ones back. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
