import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Addon, RuntimeOptions } from '../../src/native/addon.ts';
import { loadAddon } from '../../src/native/load.ts';
import type { RuntimeEvent } from '../../src/native/runtime-events.ts';
import type { OpenedSocket } from '../../src/native/socket-types.ts';
import type { SpawnPlan } from '../../src/native/spawn-types.ts';
import { plainPlan } from '../support/plain-plan.ts';

/** scripts/test-native-sanitized.mjs runs these tests over another build. */
const loaded = loadAddon(process.env.XCFG_TEST_ADDON);

/** For `{ skip: withoutAddon }`. */
export const withoutAddon: string | false = loaded.ok ? false : loaded.reason;

/** For `{ skip: withoutRoot }`. */
export const withoutRoot: string | false =
  withoutAddon || (process.getuid?.() === 0 ? false : 'only root can do this');

/** For `{ skip: asRoot }`: what root is allowed cannot be seen to fail. */
export const asRoot: string | false =
  withoutAddon || (process.getuid?.() === 0 ? 'root is allowed to do this' : false);

/** Path of the loaded addon, for processes that load it on their own. */
export const addonFile = loaded.ok ? loaded.file : '';

/** The addon; only for tests that are skipped without it. */
export function theAddon(): Addon {
  if (!loaded.ok) throw new Error(loaded.reason);
  return loaded.addon;
}

/** A folder that everybody may read and that goes away with the test. */
export function scratchFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'xcfg-native-'));
  chmodSync(folder, 0o755);
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let programFolder: string | undefined;

/**
 * Compiles a program of native/probe; it goes with the process. To be called before a runtime is started, which would
 * reap the compiler. Returns '' where the tests are skipped.
 */
export function compileProbe(name: string): string {
  if (withoutAddon !== false) return '';
  const folder = programFolder ?? mkdtempSync(join(tmpdir(), 'xcfg-probe-'));
  if (programFolder === undefined) process.on('exit', () => rmSync(folder, { recursive: true }));
  programFolder = folder;
  chmodSync(folder, 0o755);
  const source = fileURLToPath(new URL(`../../native/probe/${name}.c`, import.meta.url));
  const program = join(folder, name);
  execFileSync('cc', ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', program, source]);
  return program;
}

/** A loopback listener on a port the kernel chose, closed with the test. */
export function listenOnLoopback(context: TestContext, backlog = 64): OpenedSocket {
  const addon = theAddon();
  const socket = addon.openSocket({ family: 'inet', type: 'stream', address: '127.0.0.1', backlog });
  context.after(() => addon.close(socket.fd));
  return socket;
}

/** Leaves this process no free descriptor; the returned function puts that right. */
export function exhaustDescriptors(): () => void {
  const addon = theAddon();
  const limit = addon.getResourceLimit('nofile');
  const highest = Math.max(...readdirSync('/proc/self/fd').map(Number));
  addon.setResourceLimit('nofile', { ...limit, soft: highest + 1 });
  const copies: number[] = [];
  try {
    for (;;) copies.push(addon.duplicate(0, 0));
  } catch (error) {
    if ((error as { code?: string }).code !== 'EMFILE') throw error;
  }
  return () => {
    addon.setResourceLimit('nofile', limit);
    for (const fd of copies) addon.close(fd);
  };
}

export interface Child {
  readonly pid: number;
  readonly name: string;
  /** One letter as in ps: Z for a zombie. */
  readonly state: string;
}

/** The children of this process. */
export function children(): Child[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const [, pid, name = '', state = '', parent] = /^(\d+) \((.*)\) (\S) (\d+) /.exec(statOf(entry)) ?? [];
      return Number(parent) === process.pid ? [{ pid: Number(pid), name, state }] : [];
    });
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return ''; // has ended since
  }
}

/** Connects and reads to the end; resolves when the socket is closed. */
export function readAll(port: number, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(port, host);
    socket.setEncoding('utf8');
    socket.on('data', (data: string) => {
      text += data;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

type EventOf<Kind extends RuntimeEvent['kind']> = Extract<RuntimeEvent, { kind: Kind }>;

/** A started runtime that remembers its events and lets a test wait for them. It stops when the test ends. */
export class RunningAddon {
  readonly addon = theAddon();
  readonly events: RuntimeEvent[] = [];
  /** Number of events in each delivery. */
  readonly deliveries: number[] = [];
  /** Told of each event as it comes. */
  onEvent: (event: RuntimeEvent) => void = () => undefined;
  private waiting: (() => void)[] = [];

  constructor(context: TestContext, options: RuntimeOptions = {}) {
    this.addon.start(options, (events) => {
      this.events.push(...events);
      this.deliveries.push(events.length);
      for (const event of events) this.onEvent(event);
      const waiting = this.waiting;
      this.waiting = [];
      for (const wake of waiting) wake();
    });
    context.after(() => this.addon.stop());
  }

  of<Kind extends RuntimeEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** Waits until there are `count` events of a kind; returns the last of them. */
  async wait<Kind extends RuntimeEvent['kind']>(kind: Kind, count = 1): Promise<EventOf<Kind>> {
    for (;;) {
      const event = this.of(kind)[count - 1];
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Compiles a plan that differs from the plainest one as said. */
  plan(plan: Partial<SpawnPlan> & Pick<SpawnPlan, 'path'>): number {
    return this.addon.compilePlan({ ...plainPlan, argv: [plan.path], ...plan });
  }

  /** Starts a server with nothing to talk to. */
  spawn(plan: number, token = 0): boolean {
    return this.addon.spawn({ plan, token, stdio: [-1, -1, -1], close: -1, env: [] });
  }

  /**
   * Starts a server whose output goes to a file, waits for its end, which is that of so many servers, and returns what it
   * wrote.
   */
  async output(plan: number, folder: string, env: readonly string[] = [], ends = 1): Promise<string> {
    const file = join(folder, 'output');
    const fd = openSync(file, 'w+');
    const ended = this.of('exited').length + ends;
    this.addon.spawn({ plan, token: 0, stdio: [-1, fd, fd], close: -1, env });
    await this.wait('exited', ended);
    closeSync(fd);
    return readFileSync(file, 'utf8');
  }
}

/** What native/probe/probe.c says about itself: each name with all its values in order. */
export function parseProbe(text: string): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  for (const line of text.trimEnd().split('\n')) {
    const [name = '', value = ''] = line.split(/:[ \t]*(.*)/s);
    facts.set(name, [...(facts.get(name) ?? []), value]);
  }
  return facts;
}
