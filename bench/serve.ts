import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inPrivateNetwork } from '../test/support/daemons.ts';
import type { Bench } from './support/bench.ts';

const inside = fileURLToPath(new URL('serve/inside.ts', import.meta.url));

/** `xcfg serve` against other super-servers and against itself, in a network of its own; needs root and a C compiler. */
export const bench: Bench = {
  name: 'serve',
  run: async () => {
    const [command = '', ...args] = inPrivateNetwork([process.execPath, '--import', 'tsx', inside]);
    const { status, stdout } = spawnSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`the bench in the private network ended with status ${status}`);
    return stdout.trim();
  },
};
