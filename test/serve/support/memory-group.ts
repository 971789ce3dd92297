import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { eventually } from '../../support/eventually.ts';

/** Where the kernel keeps the groups of processes that share a limit of memory, and the file with the limit, by version. */
const places = [
  ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
  ['/sys/fs/cgroup', 'memory.max'],
] as const;

interface Place {
  readonly group: string;
  readonly limit: string;
}

function findPlace(): Place | undefined {
  for (const [folder, file] of places) {
    const group = join(folder, `xcfg-test-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue; // no such folder, or not ours to change
    }
    const hasLimit = existsSync(join(group, file));
    rmdirSync(group);
    if (hasLimit) return { group, limit: join(group, file) };
  }
  return undefined;
}

const place = findPlace();

/** For `{ skip: withoutMemoryGroups }`. */
export const withoutMemoryGroups: string | false =
  place === undefined && 'processes cannot be given a limit of memory here (cgroups)';

/** A command that runs another one, and what that starts, with so many bytes of memory in all. */
export function withMemory(bytes: number): string[] {
  if (place === undefined) throw new Error('there are no memory groups');
  const { group, limit } = place;
  const script = `mkdir ${group} && echo ${bytes} > ${limit} && echo $$ > ${group}/cgroup.procs && exec "$@"`;
  return ['sh', '-c', script, 'sh'];
}

/** To be called after the command was started: the group goes when its processes have gone. */
export function removeMemoryGroup(t: TestContext): void {
  t.after(() => eventually(() => rmdirSync(place?.group ?? '')));
}
