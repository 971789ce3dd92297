import { constants } from 'node:os';
import type { RuntimeEvent } from './runtime-events.ts';
import type { AddressFamily, SocketAddress } from './socket-types.ts';
import { type SpawnStep, spawnSteps } from './spawn-types.ts';
import { errnoName } from './system-error.ts';

// struct event of native/src/events.h: two doubles, five 32-bit integers, the text.
export const eventBytes = 152;
const doubles = { perEvent: eventBytes / 8, subject: 0, cpu: 1 };
const integers = { perEvent: eventBytes / 4, kind: 4, value: 5, detail: 6, port: 7, textLength: 8 };
const textAt = 36;

// enum event_kind of native/src/events.h
const accepted = 1;
const ready = 2;
const acceptFailed = 3;
const spawned = 4;
const spawnFailed = 5;
const exited = 6;

// AF_... of Linux
const families = new Map<number, AddressFamily>([
  [1, 'unix'],
  [2, 'inet'],
  [10, 'inet6'],
]);

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** Reads the events the addon has put into its buffer. */
export class EventDecoder {
  private readonly doubles: Float64Array;
  private readonly integers: Int32Array;
  private readonly bytes: Buffer;

  constructor(buffer: ArrayBuffer) {
    this.doubles = new Float64Array(buffer);
    this.integers = new Int32Array(buffer);
    this.bytes = Buffer.from(buffer);
  }

  /** The first `count` events. */
  decode(count: number): RuntimeEvent[] {
    const events: RuntimeEvent[] = [];
    for (let index = 0; index < count; index++) events.push(this.event(index));
    return events;
  }

  private event(index: number): RuntimeEvent {
    const subject = this.double(index, doubles.subject);
    const value = this.integer(index, integers.value);
    const detail = this.integer(index, integers.detail);
    switch (this.integer(index, integers.kind)) {
      case accepted:
        return { kind: 'accepted', watch: subject, fd: value, peer: this.address(index, detail) };
      case ready:
        return { kind: 'ready', watch: subject };
      case acceptFailed:
        return { kind: 'accept-failed', watch: subject, code: errnoName(detail) };
      case spawned:
        return { kind: 'spawned', token: subject, pid: value };
      case spawnFailed: {
        const step = stepName(value);
        return { kind: 'spawn-failed', token: subject, step, code: failureCode(step, detail) };
      }
      case exited:
        return {
          kind: 'exited',
          pid: subject,
          status: value < 0 ? null : value,
          signal: detail === 0 ? null : detail,
          cpuMicros: this.double(index, doubles.cpu),
        };
      default:
        throw new RangeError('unknown event: xcfg.node does not belong to this version of xcfg');
    }
  }

  private address(index: number, family: number): SocketAddress {
    const start = index * eventBytes + textAt;
    const end = start + this.integer(index, integers.textLength);
    return {
      family: families.get(family) ?? 'unix',
      address: this.bytes.toString('utf8', start, end),
      port: this.integer(index, integers.port),
    };
  }

  private double(index: number, field: number): number {
    return this.doubles[index * doubles.perEvent + field] ?? 0;
  }

  private integer(index: number, field: number): number {
    return this.integers[index * integers.perEvent + field] ?? 0;
  }
}

function stepName(step: number): SpawnStep {
  const name = spawnSteps[step];
  if (name === undefined)
    throw new RangeError('unknown step: xcfg.node does not belong to this version of xcfg');
  return name;
}

function failureCode(step: SpawnStep, detail: number): string {
  return step === 'killed' ? (signalNames.get(detail) ?? `signal ${detail}`) : errnoName(detail);
}
