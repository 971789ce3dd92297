import { readFileSync } from 'node:fs';
import { measureLoad } from './load.ts';
import type { Programs } from './programs.ts';
import { startServe } from './super-servers.ts';

const port = 20_000;
const load = { port, clients: 64 };
const warmUp = 20_000;
const connections = 100_000;

/** Memory after the start, at work, and after a hundred thousand connections more. */
export async function measureMemory(programs: Programs): Promise<string> {
  const peer = await startServe(programs, port);
  const fresh = residentMemory(peer.pid);
  await measureLoad(peer.pid, { ...load, client: programs.client, connections: warmUp });
  const warm = residentMemory(peer.pid);
  await measureLoad(peer.pid, { ...load, client: programs.client, connections });
  const late = residentMemory(peer.pid);
  await peer.stop();
  const growth = ((late / warm - 1) * 100).toFixed(1);
  return `Resident memory: ${fresh.toFixed(0)} MiB after the start, ${warm.toFixed(0)} MiB after ${warmUp} connections, ${late.toFixed(0)} MiB after ${connections} more (${growth} %).`;
}

/** MiB. */
function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
