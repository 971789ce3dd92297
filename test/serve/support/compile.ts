import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Compiles a server of fixtures/serve; where `xcfg serve` was built there is a compiler. Gone after the test. */
export function compileServer(t: TestContext, name: string): string {
  const source = fileURLToPath(new URL(`../../../fixtures/serve/${name}.c`, import.meta.url));
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o755);
  const program = join(folder, name);
  execFileSync('cc', ['-std=c11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror', '-o', program, source]);
  return program;
}
