import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench } from './support/bench.ts';

const inside = fileURLToPath(new URL('serve/inside.ts', import.meta.url));

/** `xcfg serve` against other super-servers and against itself, in a network of its own; needs root and a C compiler. */
export const bench: Bench = {
  name: 'serve',
  run: async () => {
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', inside], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`the bench in its own network ended with status ${status}`);
    return stdout.trim();
  },
};
