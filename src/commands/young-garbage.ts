import { setFlagsFromString } from 'node:v8';

/**
 * Keeps what is needed for a moment among what is young. V8 sees that all services of a large folder stay, and makes
 * whatever the same lines of code make later among what is old from the beginning, where garbage lies until there is much
 * of it. Measured with 20,000 files of one folder: 410 instead of 700 MiB, at the same processor time.
 *
 * The code caches of threads that start later do not fit: for runs without threads.
 */
export function keepGarbageYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
