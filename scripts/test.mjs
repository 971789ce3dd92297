// Runs every test file below test/ (or the ones named) with node:test through tsx. Node 20 has no globs for --test.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import fastGlob from 'fast-glob';

const named = process.argv.slice(2);
const files = (named.length > 0 ? fastGlob.sync(named) : fastGlob.sync('test/**/*.test.ts')).sort();
if (files.length === 0) {
  process.stderr.write('no test file found\n');
  process.exit(1);
}
const child = spawn(
  process.execPath,
  ['--import', 'tsx', '--test', `--test-concurrency=${availableParallelism()}`, ...files],
  { stdio: 'inherit' },
);
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
