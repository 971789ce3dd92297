import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { Service } from '../../src/model/service.ts';
import { errnos } from './support/fake-addon.ts';
import { type FakeRuntime, startFake } from './support/runtime.ts';

const kinds: readonly Partial<Service>[] = [
  { id: 'accepts', port: 4001, instances: 3, perSource: 2, cps: { rate: 5, pause: 2 } },
  { id: 'children', port: 4002, maxChildren: 2, flags: ['NORETRY'] },
  {
    id: 'datagrams',
    port: 4003,
    socketType: 'dgram',
    protocol: 'udp',
    wait: true,
    cps: { rate: 5, pause: 2 },
  },
  { id: 'waits', port: 4004, wait: true },
  { id: 'any port', port: 0 },
  { id: 'any port too', port: 0 },
];

/** Calls for which the kernel may have no memory. */
const fallible = [
  'openSocket',
  'watch',
  'resumeWatch',
  'duplicate',
  'compilePlan',
  'spawn',
  'peekDatagram',
  'discardDatagram',
] as const;

const happenings = [
  'connect',
  'run',
  'fail',
  'fork-fails',
  'exit',
  'starve',
  'wait',
  'reload',
  'full',
  'room',
  'short-of-memory',
  'memory',
] as const;

/** Something that happens to a daemon; the number picks to whom. */
type Step = readonly [what: (typeof happenings)[number], which: number];

const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...happenings), fc.nat({ max: 63 }));

/** What the kernel knows: which starts are neither running nor over, which processes live. */
class World {
  readonly runtime: FakeRuntime;
  readonly #alive: number[] = [];
  readonly #clients: number[] = [];
  readonly #served = new Set<number>();
  #seenStarts = 0;
  #pending: number[] = [];

  constructor() {
    this.runtime = startFake(kinds);
  }

  apply([what, which]: Step): void {
    const { kernel, clock, supervisor, prepare } = this.runtime;
    switch (what) {
      case 'connect':
        this.#connect(which);
        break;
      case 'run':
        this.#withPending(which, (token) => {
          this.#served.add(kernel.starts.findLast((start) => start.token === token)?.close ?? -1);
          kernel.emit({ kind: 'spawned', token, pid: token + 1000 });
          this.#alive.push(token + 1000);
        });
        break;
      case 'fail':
        this.#withPending(which, (token) =>
          kernel.emit({ kind: 'spawn-failed', token, step: 'exec', code: 'ENOENT' }),
        );
        break;
      case 'fork-fails':
        this.#withPending(which, (token) =>
          kernel.emit({ kind: 'spawn-failed', token, step: 'fork', code: 'EAGAIN' }),
        );
        break;
      case 'exit': {
        const [pid] = this.#alive.splice(which % Math.max(1, this.#alive.length), 1);
        if (pid !== undefined) kernel.exit(pid, { status: which % 2 });
        break;
      }
      case 'starve': {
        const sockets = [...kernel.sockets.values()].filter(({ mode, armed }) => mode === 'accept' && armed);
        const socket = sockets[which % Math.max(1, sockets.length)];
        if (socket !== undefined) kernel.emit({ kind: 'accept-failed', watch: socket.watch, code: 'EMFILE' });
        break;
      }
      case 'wait':
        clock.advance(which * 500);
        break;
      case 'reload':
        supervisor.reconfigure(
          kinds.filter((_, at) => (which >> at) % 2 === 0).map((attributes) => prepare(attributes)),
        );
        break;
      case 'full':
        kernel.room = 0;
        break;
      case 'room':
        kernel.room = Number.POSITIVE_INFINITY;
        break;
      case 'short-of-memory':
        kernel.failures = { [fallible[which % fallible.length] ?? '']: errnos.ENOMEM };
        break;
      case 'memory':
        kernel.failures = {};
        break;
    }
    this.#collectStarts();
  }

  /** Everything that is under way ends, nothing is lacking any more, and servers leave no work behind. */
  async calmDown(): Promise<void> {
    const { kernel } = this.runtime;
    kernel.room = Number.POSITIVE_INFINITY;
    kernel.failures = {};
    for (let round = 0; round < 20; round++) {
      // The spawners always tell when they are done with something.
      kernel.emit();
      // Who waits on a socket is asked for beside the loop.
      await setImmediate();
      this.apply(['wait', 20]);
      while (this.#pending.length > 0) this.apply(['run', 0]);
      for (const socket of kernel.sockets.values()) socket.queue.length = 0;
      while (this.#alive.length > 0) this.apply(['exit', 0]);
    }
  }

  /** Listeners to which nobody could come. */
  deafListeners(): string[] {
    const { kernel, supervisor } = this.runtime;
    return supervisor.services
      .flatMap(({ listeners }) => listeners)
      .filter(({ state, fd }) => state !== 'listening' || kernel.sockets.get(fd)?.armed !== true)
      .map(({ key, state }) => `${key} ${state}`);
  }

  /** Nobody comes any more. */
  async settle(): Promise<void> {
    this.runtime.supervisor.reconfigure([]);
    await this.calmDown();
  }

  /** How often the connection of each client was given to a server or closed: once is right. */
  fates(): number[] {
    const { closed, refused } = this.runtime.kernel;
    const fates = [...this.#served, ...closed, ...refused.map(({ fd }) => fd)];
    return this.#clients.map((client) => fates.filter((fd) => fd === client).length);
  }

  #connect(which: number): void {
    const { kernel } = this.runtime;
    const sockets = [...kernel.sockets.values()];
    const socket = sockets[which % Math.max(1, sockets.length)];
    if (socket === undefined || socket.watch === 0) return;
    const address = `192.0.2.${which % 3}`;
    if (socket.mode === 'accept') this.#clients.push(kernel.connect(address, socket));
    else if (socket.options.type === 'dgram') kernel.receive(address, `data ${which}`, socket);
    else kernel.tellReady(socket);
  }

  #withPending(which: number, action: (token: number) => void): void {
    const [token] = this.#pending.splice(which % Math.max(1, this.#pending.length), 1);
    if (token !== undefined) action(token);
  }

  #collectStarts(): void {
    const { starts } = this.runtime.kernel;
    this.#pending.push(...starts.slice(this.#seenStarts).map(({ token }) => token));
    this.#seenStarts = starts.length;
  }
}

test('whatever happens in whatever order, the books balance and nothing is left in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
      const world = new World();
      const { supervisor, messages, kernel } = world.runtime;
      for (const one of steps) {
        world.apply(one);
        assert.deepEqual(supervisor.findInconsistencies(), [], one.join(' '));
      }
      await world.calmDown();
      assert.deepEqual(world.deafListeners(), []);
      await world.settle();
      assert.deepEqual(
        messages.filter((message) => message.startsWith('CRITICAL')),
        [],
      );
      assert.equal(supervisor.instances, 0);
      assert.equal(kernel.sockets.size, 0);
      assert.ok(world.fates().every((fate) => fate === 1));
    }),
    { numRuns: 500 },
  );
});
