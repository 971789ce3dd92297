// The least that can be done with the addon: each accepted connection becomes a server. What xcfg serve adds to it is
// policy. Bundled and run by native.ts: native-loop PORT PROGRAM SPAWNERS ADDON
import { loadAddon } from '../../src/native/load.ts';

const [port, program = '', spawners, file] = process.argv.slice(2);
const loaded = loadAddon(file);
if (!loaded.ok) throw new Error(loaded.reason);
const { addon } = loaded;

const socket = addon.openSocket({
  family: 'inet',
  type: 'stream',
  address: '127.0.0.1',
  port: Number(port),
  reuseAddress: true,
});
const plan = addon.compilePlan({
  path: program,
  argv: [program],
  env: [],
  cwd: '/',
  uid: 0,
  gid: 0,
  groups: [],
  umask: 0o22,
  nice: null,
  limits: [],
  setsid: true,
});
const instances = new Map<number, number>();
addon.start({ spawners: Number(spawners) }, (events) => {
  for (const event of events) {
    if (event.kind === 'accepted') {
      const { fd, peer } = event;
      const env = [`REMOTE_HOST=${peer.address}`];
      if (!addon.spawn({ plan, token: fd, stdio: [fd, fd, fd], close: fd, env })) addon.refuse(fd, null);
    } else if (event.kind === 'spawned') {
      instances.set(event.pid, event.token);
    } else if (event.kind === 'exited') {
      instances.delete(event.pid);
    }
  }
});
addon.watch(socket.fd, 'accept');
