// Runs every test below test/, or the files that are named, with node:test.
//
// All tests are bundled with esbuild first, shared code in shared chunks, and the results are run. Measured with 81
// tests in 12 files on 2 cores: 1.8 s, against 3.4 s with tsx compiling in every test process (Node runs each file in
// a process of its own), and the difference grows with the number of files.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fastGlob from 'fast-glob';
import { buildBundle } from './build-bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the project, so that packages left outside the bundles are found.
const output = join(root, '.test-build', String(process.pid));

const patterns = process.argv.slice(2);
const entries = (await fastGlob(patterns.length > 0 ? patterns : 'test/**/*.test.ts')).sort();
if (entries.length === 0) {
  process.stderr.write('no test file found\n');
  process.exit(1);
}

/** Files find their fixtures by `import.meta.url`: it has to stay that of the source. */
const sourceUrls = {
  name: 'source-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|test|bench|scripts)\/.*\.(ts|mjs)$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
    }));
  },
};

mkdirSync(output, { recursive: true });
process.on('exit', () => rmSync(output, { recursive: true, force: true }));
// The spawned tests run what is built.
await buildBundle();
await build({
  entryPoints: entries,
  outdir: output,
  outbase: '.',
  bundle: true,
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  // Packages with two builds: the one for bundlers, whose imports can be followed (jsonc-parser's other one requires at run time).
  mainFields: ['module', 'main'],
  target: 'node20.19',
  sourcemap: true,
  external: ['esbuild', '*.node'],
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  plugins: [sourceUrls],
  logLevel: 'warning',
});

const files = entries.map((entry) => join(output, entry.replace(/\.ts$/, '.mjs')));
const child = spawn(
  process.execPath,
  [
    '--enable-source-maps',
    '--test',
    `--test-concurrency=${availableParallelism()}`,
    // A test that hangs is a failure, not the end of the run. Far above what any file takes on a busy machine.
    '--test-timeout=300000',
    `--test-reporter=${pathToFileURL(join(root, 'scripts', 'test-reporter.mjs'))}`,
    '--test-reporter-destination=stdout',
    ...files,
  ],
  { stdio: 'inherit' },
);
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
