import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled programs of a bench, in a folder of their own that the caller removes. */
export interface Programs {
  readonly folder: string;
  /** The server that is started for each connection. */
  readonly hello: string;
  /** The C loop that is the floor. */
  readonly bare: string;
  /** The load. */
  readonly client: string;
}

export function compilePrograms(): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'xcfg-bench-'));
  const compile = (name: string, ...flags: string[]): string => {
    const source = fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));
    const program = join(folder, name);
    execFileSync('cc', ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', ...flags, '-o', program, source]);
    return program;
  };
  return {
    folder,
    hello: compile('hello', '-static'),
    bare: compile('bare'),
    client: compile('client'),
  };
}
