import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The shipped launcher: benches measure what users run. */
export const launcher = fileURLToPath(new URL('../../bin/xcfg.js', import.meta.url));

/** A program with its arguments; standard input comes from a file. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Not `ignore`: what Node gives a child for that looks like a stream that was closed. */
const nowhere = openSync('/dev/null', 'w');

/** Milliseconds from start to end of a program; its output goes nowhere. */
export function timeOf({ command, args, input, env }: Program): number {
  const stdin = input === undefined ? 'ignore' : openSync(input, 'r');
  const started = process.hrtime.bigint();
  const { error, status } = spawnSync(command, args, {
    stdio: [stdin, nowhere, nowhere],
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  // 1 says that there were findings; anything else has done no work worth measuring.
  if (status !== 0 && status !== 1) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** What one run of a program costs, in milliseconds; its processor time counts all its threads. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export function costOf(program: Program): Cost {
  const before = childrenTime();
  const wall = timeOf(program);
  return { wall, cpu: childrenTime() - before };
}

/** Processor time of the children that have ended; the kernel counts in hundredths of a second. */
function childrenTime(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return (user + system) * 10;
}

/** The most memory that a program had at once, in MiB: /proc is asked again and again while it runs. */
export async function peakMemoryOf({ command, args, input, env }: Program): Promise<number> {
  const stdin = input === undefined ? 'ignore' : openSync(input, 'r');
  const child = spawn(command, args, { stdio: [stdin, nowhere, nowhere], env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, highWaterMark(child.pid ?? 0));
    await setImmediate();
  }
  await ended;
  return peak / 1024;
}

/** KiB, from the kernel's count for a process; 0 once the process has given up its memory. */
function highWaterMark(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
