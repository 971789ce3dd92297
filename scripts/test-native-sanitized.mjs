// Runs the tests of the native addon over a build with AddressSanitizer and UndefinedBehaviorSanitizer.
//
//   node scripts/test-native-sanitized.mjs [test files]
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildNative } from './build-native.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const named = process.argv.slice(2);

const built = buildNative({ variant: 'sanitized' });
if (!built.ok) process.exit(1);

// node itself is not built with the sanitizer, so its runtime has to be there first.
const runtime = spawnSync('cc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).stdout.trim();
if (!path.isAbsolute(runtime)) {
  console.error('the runtime of AddressSanitizer is not installed (Debian: libasan, part of gcc)');
  process.exit(1);
}

const run = spawnSync(
  process.execPath,
  [path.join(root, 'scripts', 'test.mjs'), ...(named.length > 0 ? named : ['test/native/*.test.ts'])],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      LD_PRELOAD: runtime,
      XCFG_TEST_ADDON: built.file,
      // Leaks: what V8 and the compilers the tests run keep until the end drowns everything else; test/native/leaks.test.ts
      // is about ours, and needs freed memory back.
      ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1:quarantine_size_mb=4',
      UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
    },
  },
);
process.exitCode = run.status ?? 1;
