import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuMicros } from './cpu-time.ts';

const run = promisify(execFile);

/** One measurement of one server. Times in microseconds. */
export interface LoadFigures {
  readonly connectionsPerSecond: number;
  /** Of the server and its children, per connection. */
  readonly cpuPerConnection: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export interface Load {
  /** Path of the compiled client. */
  readonly client: string;
  /** Loopback port of the server. */
  readonly port: number;
  readonly clients: number;
  readonly connections: number;
}

interface ClientReport {
  readonly connections: number;
  readonly failed: number;
  readonly micros: number;
  readonly p50: number;
  readonly p99: number;
}

/** Puts load on the server with this pid and says what it did to both sides. */
export async function measureLoad(pid: number, load: Load): Promise<LoadFigures> {
  const before = cpuMicros(pid);
  const args = ['127.0.0.1', String(load.port), String(load.clients), String(load.connections)];
  const { stdout } = await run(load.client, args);
  const report = JSON.parse(stdout) as ClientReport;
  await childrenAreReaped(pid);
  return {
    connectionsPerSecond: (report.connections * 1_000_000) / report.micros,
    cpuPerConnection: (cpuMicros(pid) - before) / (report.connections + report.failed),
    p50: report.p50,
    p99: report.p99,
    failed: report.failed,
  };
}

/** The last children count only once their parent has waited for them: gives it a moment. */
async function childrenAreReaped(pid: number): Promise<void> {
  let last = -1;
  for (let now = cpuMicros(pid); now !== last; now = cpuMicros(pid)) {
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
