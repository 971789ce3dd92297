'use strict';
// Writes dist/xcfg.cache: V8's compiled form of the bundle, with the functions that usual command lines need. V8
// compiles a function on its first call, so those command lines are run before the cache is made.
const { renameSync, writeFileSync } = require('node:fs');
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
];

const sink = () =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

async function makeCache() {
  const { exports, script } = loadBundle(dist);
  for (const [argv, input] of commandLines) {
    const io = { stdin: Readable.from([input]), stdout: sink(), stderr: sink(), env: {}, cwd: dist };
    await exports.main(argv, io);
  }
  const written = join(dist, 'xcfg.cache.new');
  writeFileSync(written, script.createCachedData());
  renameSync(written, join(dist, 'xcfg.cache'));
}

makeCache().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
