import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The launcher of this project; `npm test` builds what it loads. */
export const launcher = fileURLToPath(new URL('../../bin/xcfg.js', import.meta.url));

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of this project's launcher: a copy of it, or another name for it. */
  readonly program?: string;
  readonly nodeOptions?: readonly string[];
}

export interface RunResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real program as a process of its own, without a terminal. */
export function runXcfg(args: readonly string[], options: RunOptions = {}): RunResult {
  const { program = launcher, nodeOptions = [] } = options;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [...nodeOptions, program, ...args], {
    input: options.input ?? '',
    cwd: options.cwd,
    env: { PATH: process.env.PATH, ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}
