// Compiles the addon of `xcfg serve` with the plain C compiler against the headers of node-api-headers, or those that come
// with Node: no node-gyp, no download. Where that is not possible the rest of xcfg still works, so a missing compiler is one line and no failure.
//
//   node scripts/build-native.mjs [VARIANT]
//
// Tests build variants of it, see below.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sourceFolder = path.join(root, 'native', 'src');
const buildFolder = path.join(root, 'native', 'build');

const commonFlags = [
  '-std=c11',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-fvisibility=hidden',
  '-fPIC',
  '-shared',
  '-pthread',
  '-DNAPI_VERSION=8',
  // 64-bit limits in rlim_t on 32-bit systems too.
  '-D_FILE_OFFSET_BITS=64',
];
/** Name of the file, flags and further sources of each variant. */
const variants = {
  release: {
    name: 'xcfg.node',
    flags: ['-O2', '-fstack-protector-strong', '-Wl,-z,relro,-z,now'],
    extra: [],
  },
  /** With AddressSanitizer and UndefinedBehaviorSanitizer. */
  sanitized: {
    name: 'xcfg-sanitized.node',
    flags: ['-O1', '-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined'],
    extra: [],
  },
  /** Counts what it allocates, and can be told which allocation is to fail. */
  'failing-memory': {
    name: 'xcfg-failing-memory.node',
    flags: ['-O1', '-g', '-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=export_starts'],
    extra: [path.join(root, 'native', 'probe', 'failing-memory.c')],
  },
};

/**
 * Builds the addon if its sources changed since the last time.
 * @param {{ variant?: keyof typeof variants, log?: (line: string) => void }} [options]
 * @returns {{ ok: true, file: string } | { ok: false, reason: string }}
 */
export function buildNative({ variant = 'release', log = console.log } = {}) {
  const problem = findProblem();
  if (problem !== undefined) {
    log(`native addon not built: ${problem}; everything but 'xcfg serve' works without it`);
    return { ok: false, reason: problem };
  }
  const { name, flags, extra } = variants[variant];
  const file = path.join(buildFolder, name);
  if (isCurrent(file, extra)) return { ok: true, file };
  mkdirSync(buildFolder, { recursive: true });
  // Into place in one step: a process that has the old file loaded keeps it, and none sees half a file.
  const unfinished = `${file}.${process.pid}`;
  const run = spawnSync(
    compiler(),
    [...commonFlags, ...flags, `-I${headerFolder()}`, '-o', unfinished, ...sources('.c'), ...extra],
    { encoding: 'utf8' },
  );
  if (run.status !== 0) {
    const reason = `${compiler()} failed`;
    log(`native addon not built: ${reason}\n${run.stderr}`);
    return { ok: false, reason };
  }
  renameSync(unfinished, file);
  log(`built ${path.relative(root, file)}`);
  return { ok: true, file };
}

function compiler() {
  return process.env.CC ?? 'cc';
}

function findProblem() {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  if (headerFolder() === undefined) return 'the headers of Node-API are missing (package node-api-headers)';
  const probe = spawnSync(compiler(), ['--version'], { stdio: 'ignore' });
  if (probe.error !== undefined) return `there is no C compiler (${compiler()})`;
  return undefined;
}

/** The headers of the package for development, else those that come with Node itself. */
function headerFolder() {
  const folders = [path.resolve(path.dirname(process.execPath), '..', 'include', 'node')];
  try {
    const require = createRequire(import.meta.url);
    folders.unshift(path.join(path.dirname(require.resolve('node-api-headers/package.json')), 'include'));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
  }
  return folders.find((folder) => existsSync(path.join(folder, 'node_api.h')));
}

function sources(extension) {
  return readdirSync(sourceFolder)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => path.join(sourceFolder, name));
}

function isCurrent(file, extra) {
  if (!existsSync(file)) return false;
  const built = statSync(file).mtimeMs;
  return [...sources('.c'), ...sources('.h'), ...extra, fileURLToPath(import.meta.url)].every(
    (source) => statSync(source).mtimeMs <= built,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [variant] = process.argv.slice(2);
  const result = buildNative({ variant });
  // No compiler is no failure of an installation; sources that do not compile are one of the project.
  process.exitCode = !result.ok && result.reason.endsWith('failed') ? 1 : 0;
}
