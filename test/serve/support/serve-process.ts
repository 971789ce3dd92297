import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadAddon } from '../../../src/native/load.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The shipped program. */
export const launcher = fileURLToPath(new URL('../../../bin/xcfg.js', import.meta.url));

/** The server that reports how it was started. */
export const probe = fileURLToPath(new URL('../../../fixtures/serve/probe.sh', import.meta.url));

/** For `{ skip: withoutServe() }`: why `xcfg serve` cannot run here, or false when it can. */
export function withoutServe(): string | false {
  const loaded = loadAddon();
  return !loaded.ok && loaded.reason;
}

export interface ServeOptions {
  readonly args?: readonly string[];
  /** Text of the configuration file; `FOLDER` stands for the test's folder. */
  readonly config: string;
  /** Start it as this user. */
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** A command that starts it under other circumstances: `prlimit`, `unshare`. */
  readonly under?: readonly string[];
  /** Name of the configuration file, and how its text is written. */
  readonly file?: string;
  readonly encoding?: 'utf8' | 'latin1';
  /** Shell scripts in the folder, by name. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** A running `xcfg serve`. */
export class ServeProcess {
  readonly child: ChildProcessByStdio<null, null, Readable>;
  /** The test's folder, gone after the test. */
  readonly folder: string;
  #output = '';
  #waiting: { readonly pattern: RegExp; readonly resolve: (match: RegExpMatchArray) => void }[] = [];

  constructor(child: ChildProcessByStdio<null, null, Readable>, folder: string) {
    this.child = child;
    this.folder = folder;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
        const match = this.#output.match(pattern);
        if (match !== null) resolve(match);
        return match === null;
      });
    });
  }

  /** Standard error so far: program log, and service logs without a file of their own. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when standard error has matched; the test's own time limit ends a wait in vain. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray> {
    const match = this.#output.match(pattern);
    if (match !== null) return Promise.resolve(match);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ pattern, resolve });
      this.child.once('exit', () => reject(new Error(`ended before ${pattern}:\n${this.#output}`)));
    });
  }

  /** Resolves when a file that the daemon writes has matched. */
  async fileMatches(path: string, pattern: RegExp): Promise<void> {
    while (!existsSync(path) || !pattern.test(readFileSync(path, 'utf8'))) {
      if (this.child.exitCode !== null) throw new Error(`ended before ${pattern}:\n${this.#output}`);
      await setTimeout(10);
    }
  }

  /** The port that the kernel chose for a service with `port = 0`. */
  async port(id: string): Promise<number> {
    const [, port] = await this.waitFor(new RegExp(`service ${id}: listening.*bound to .*:(\\d+)$`, 'm'));
    return Number(port);
  }

  /** Sends a signal and resolves to the exit status once it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return await this.ended();
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

/** Starts `xcfg serve` with a configuration and waits until it works; it is ended after the test. */
export async function startServe(t: TestContext, options: ServeOptions): Promise<ServeProcess> {
  const serve = spawnServe(t, options);
  await serve.waitFor(/Started working: .*\n/);
  return serve;
}

/** Starts `xcfg serve` without waiting for anything. */
export function spawnServe(t: TestContext, options: ServeOptions): ServeProcess {
  const { args = [], config, uid, env, under = [], file = 'xinetd.conf', encoding, scripts = {} } = options;
  const folder = temporaryFolder(t);
  // Servers run as other users.
  chmodSync(folder, 0o777);
  const path = join(folder, file);
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  writeFileSync(path, config.replaceAll('FOLDER', folder), encoding);
  const words = [...under, process.execPath, launcher, 'serve', '-f', path, ...args];
  const [command = '', ...rest] = words;
  const child = spawn(command, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { ...process.env, ...env },
  });
  const serve = new ServeProcess(child, folder);
  t.after(async () => {
    await serve.stop('SIGTERM');
  });
  return serve;
}
