// Builds dist/xcfg.cjs, the whole program in one file, and beside it V8's compiled form of it: what each of the usual
// commands needs (lint.cache, ...), and what all of those need, for the others (xcfg.cache).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startupShims } from './startup-shims.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

export async function buildBundle() {
  // V8 compares only the length of the source with a code cache: an old cache must never lie beside a new bundle.
  removeCaches();
  await build({
    absWorkingDir: root,
    entryPoints: ['src/commands/main.ts'],
    outfile: join(dist, 'xcfg.cjs'),
    bundle: true,
    platform: 'node',
    // Packages with two builds: the one for bundlers, whose imports can be followed (jsonc-parser's other one requires at run time).
    mainFields: ['module', 'main'],
    // CommonJS: V8 takes a code cache for it. Modules reached by `import()` alone are initialised on first use.
    format: 'cjs',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    // Measured: 4 ms of the 100 that a lint takes. The map makes the stack of --debug readable again.
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    define: { 'import.meta.url': 'bundleUrl' },
    // The file is the function that the launcher calls: wrapped there, the text would be in memory twice.
    banner: {
      js: "(function (exports, require, module, __filename, __dirname) { const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
    plugins: [startupShims],
    logLevel: 'warning',
  });
  // Each in a process of its own: a cache holds the functions that have run there, and those of a cache that was loaded.
  // So the one that stands in for the others comes last.
  const script = join(root, 'scripts', 'code-cache.cjs');
  for (const name of ['lint', 'convert', 'fmt', 'effective', 'serve', 'xcfg']) {
    const { status } = spawnSync(process.execPath, [script, name], { stdio: 'inherit' });
    if (status !== 0) process.stderr.write(`no ${name}.cache: xcfg works, and starts a little slower\n`);
  }
}

function removeCaches() {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name));
}
