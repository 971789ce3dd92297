import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { children, compileProbe, scratchFolder } from './harness.ts';

const probe = compileProbe('probe');
const holdLease = compileProbe('hold-lease');

/** Pids of this process's children. */
export function childPids(): number[] {
  return children().map(({ pid }) => pid);
}

/** A program whose exec does not get anywhere while the returned process lives. */
export async function stuckProgram(t: TestContext): Promise<string> {
  const program = join(scratchFolder(t), 'stuck');
  copyFileSync(probe, program);
  chmodSync(program, 0o755);
  const holder: ChildProcessWithoutNullStreams = spawn(holdLease, [program]);
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  t.after(async () => {
    holder.stdin.end();
    await ended;
  });
  const said = await new Promise<string>((resolve) => {
    holder.stdout.once('data', (data: Buffer) => resolve(data.toString()));
    holder.stderr.once('data', (data: Buffer) => resolve(data.toString()));
  });
  assert.equal(said, 'held\n');
  return program;
}

export function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
}
