import { readFileSync } from 'node:fs';
import type { Addon } from '../native/addon.ts';
import type { ResourceLimit } from '../native/spawn-types.ts';
import type { DaemonIdentity } from './prepare/daemon-identity.ts';
import { environmentWords } from './prepare/environment.ts';

/** What a limit of open files is usually left at for programs that select(2) or close every descriptor there could be. */
const usualFileLimit = 1024;

/**
 * Prepares this process for its work and says what it is: no file is writable for all (xinetd adds 022 to its mask), and it
 * has as many descriptors as it may have.
 */
export function becomeDaemon(addon: Addon): DaemonIdentity {
  const umask = process.umask() | 0o022;
  process.umask(umask);
  const { hard } = addon.getResourceLimit('nofile');
  const files = { soft: inheritedFileLimit(hard), hard };
  addon.setResourceLimit('nofile', { soft: hard, hard });
  const variables = passableVariables(addon.environment());
  return {
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
    groups: process.getgroups?.() ?? [],
    umask,
    env: variables,
    envWords: environmentWords(variables),
    mostFiles: mostFilesOfKernel() ?? hard,
    limits: (resource) => (resource === 'nofile' ? files : addon.getResourceLimit(resource)),
  };
}

/** Variables by which a supervisor speaks to the daemon alone. */
const daemonOnly = new Set([
  'NOTIFY_SOCKET',
  'WATCHDOG_PID',
  'WATCHDOG_USEC',
  'LISTEN_PID',
  'LISTEN_FDS',
  'LISTEN_FDNAMES',
]);

function passableVariables(words: readonly string[]): Map<string, string> {
  const variables = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(equals, 0));
    if (name !== '' && !daemonOnly.has(name)) variables.set(name, word.slice(equals + 1));
  }
  return variables;
}

/**
 * The soft limit of open files that this process was started with. Node raises it to the hard limit before any script runs, and
 * nothing remembers what it was: it is that of the parent when both have the same hard limit, else what is usual.
 */
function inheritedFileLimit(hard: number): number {
  const parent = fileLimitOf(process.ppid);
  return parent?.hard === hard ? parent.soft : Math.min(usualFileLimit, hard);
}

/** fs.nr_open; null without /proc. */
function mostFilesOfKernel(): number | null {
  try {
    return Number(readFileSync('/proc/sys/fs/nr_open', 'latin1'));
  } catch {
    return null;
  }
}

/** Null when the process cannot be looked at: another user's, or outside of this container. */
function fileLimitOf(pid: number): ResourceLimit | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/limits`, 'latin1');
  } catch {
    return null;
  }
  const [, soft, hard] = /^Max open files +(\S+) +(\S+)/m.exec(text) ?? [];
  const number = (word: string | undefined): number =>
    word === 'unlimited' ? Number.POSITIVE_INFINITY : Number(word);
  return { soft: number(soft), hard: number(hard) };
}
