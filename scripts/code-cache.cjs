'use strict';
// Writes dist/NAME.cache: V8's compiled form of the bundle, with the functions that a command needs, or for the name `xcfg`
// those of all usual command lines. V8 compiles a function on its first call, so these are run before the cache is made.
// usage: code-cache.cjs NAME
const { mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Readable, Writable } = require('node:stream');
const { loadBundle } = require('../bin/xcfg.js');

const dist = join(__dirname, '..', 'dist');

// With a fault, so that reports and code frames are among the functions.
const xinetdConf = `defaults
{
	instances = 60
}
service echo
{
	type        = INTERNAL
	socket_type = stream
	wait        = no
	user        = root
	per_source  = 5 # at most
}
`;
const inetdConf = 'ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd -l\n';
const commandLines = [
  [['--help'], ''],
  [['lint', '--help'], ''],
  [['lint', '-'], xinetdConf],
  [['convert', '-'], inetdConf],
  [['fmt', '-'], xinetdConf],
  [['effective', '-'], xinetdConf],
  [['serve', '--check', '-f', 'xinetd.conf'], ''],
];

const name = process.argv[2] ?? 'xcfg';

const sink = () =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

async function makeCache(cwd) {
  writeFileSync(join(cwd, 'xinetd.conf'), xinetdConf);
  const { exports, script } = loadBundle(dist);
  for (const [argv, input] of commandLines) {
    if (name !== 'xcfg' && (argv[0] !== name || argv.includes('--help'))) continue;
    const io = { stdin: Readable.from([input]), stdout: sink(), stderr: sink(), env: {}, cwd };
    await exports.main(argv, io);
  }
  const written = join(dist, `${name}.cache.new`);
  writeFileSync(written, script.createCachedData());
  renameSync(written, join(dist, `${name}.cache`));
}

const folder = mkdtempSync(join(tmpdir(), 'xcfg-build-'));
makeCache(folder)
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true }));
