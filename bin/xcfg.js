#!/usr/bin/env node
'use strict';
// The launcher. It answers `--version` alone, and otherwise runs the bundled program with the code cache that the build
// made. CommonJS (bin/package.json says so): an ES module as entry point costs about 5 ms more at every start.
// Old versions of Node must be able to read this file up to the check.

const { version, engines } = require('../package.json');

const [wantedMajor, wantedMinor] = engines.node.replace(/^\D+/, '').split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
const words = process.argv.slice(2);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  fail(`this is Node ${process.versions.node}, xcfg needs Node ${wantedMajor}.${wantedMinor} or later`);
} else if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.write(`${version}\n`);
} else if (require.main === module) {
  start();
} else {
  module.exports = { loadBundle };
}

function fail(message) {
  process.stderr.write(`xcfg: ${message}\n`);
  process.exitCode = 2;
}

function start() {
  const path = require('node:path');
  // Scripts that call itox, the converter of the xinetd distribution, run on under that name.
  const calledAs = path.basename(process.argv[1], '.js');
  const argv = calledAs === 'itox' ? ['convert', ...words] : words;
  const loaded = loadBundle(path.join(__dirname, '..', 'dist'), argv[0]);
  if (loaded === undefined) {
    fail(`not built yet: run "npm run build" in ${path.dirname(__dirname)}`);
    return;
  }
  const { stdout, stderr, env } = process;
  const io = {
    // Opened on first use: most commands never look at it.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
  };
  process.once('exit', closeLostTerminals);
  loaded.exports.main(argv, io).then((status) => {
    process.exitCode = status;
  });
}

/**
 * Node puts terminals back into the state in which it found them, and aborts when one has hung up since: a daemon would end with
 * 134 instead of its status. Such a descriptor is no terminal any more but still a device; /dev/null goes with them.
 */
function closeLostTerminals() {
  const fs = require('node:fs');
  const { isatty } = require('node:tty');
  for (const fd of [0, 1, 2]) {
    try {
      if (!isatty(fd) && fs.fstatSync(fd).isCharacterDevice()) fs.closeSync(fd);
    } catch (error) {
      if (error.code !== 'EBADF') throw error;
    }
  }
}

/**
 * Runs the bundle in `folder`, which is one function; undefined when it has not been built. The code cache is that of the
 * command, where the build made one: what others need costs time to load and memory. V8 itself refuses a code cache that another
 * version or other flags made; then the bundle is compiled as if there were none.
 */
function loadBundle(folder, command = '') {
  const fs = require('node:fs');
  const path = require('node:path');
  const vm = require('node:vm');
  const filename = path.join(folder, 'xcfg.cjs');
  // The bundle is ASCII (esbuild escapes the rest), which latin1 reads faster.
  const source = readIfThere(fs, filename, 'latin1');
  if (source === undefined) return undefined;
  const own = /^[a-z]+$/.test(command) ? readIfThere(fs, path.join(folder, `${command}.cache`)) : undefined;
  const cachedData = own ?? readIfThere(fs, path.join(folder, 'xcfg.cache'));
  const script = new vm.Script(source, { filename, cachedData });
  if (command === 'serve') keepHeapSmall();
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, filename, folder);
  return { exports: bundle.exports, script };
}

/**
 * Keeps the young generation of the heap at its first size. V8 would let it grow with the rate of allocation, at the start
 * and up to 30 MiB more under load, for nothing: of what a connection leaves behind next to nothing survives. Measured at 64
 * clients: 67 instead of 91 MiB, at the same CPU per connection. A code cache is refused under a flag it was not made with, so
 * this comes behind it.
 */
function keepHeapSmall() {
  require('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
}

function readIfThere(fs, filename, encoding) {
  try {
    return fs.readFileSync(filename, encoding);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
