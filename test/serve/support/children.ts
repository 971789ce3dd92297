import { readdirSync, readFileSync } from 'node:fs';

/** Pids of the children of a process, zombies included; the kernel lists them by the thread that made them. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  );
}
