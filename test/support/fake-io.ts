import { Readable, Writable } from 'node:stream';
import type { CommandIo } from '../../src/commands/command.ts';

/** Streams that a test can look into. */
export interface FakeIo extends CommandIo {
  readonly out: () => string;
  readonly outBytes: () => Buffer;
  readonly err: () => string;
}

export interface FakeIoOptions {
  /** What standard input holds; without it standard input is a terminal. */
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The outside of a command, in memory; neither output is a terminal. */
export function fakeIo({ input, env = {}, cwd = process.cwd() }: FakeIoOptions = {}): FakeIo {
  const stdout = new Collector();
  const stderr = new Collector();
  const stdin = Readable.from(input === undefined ? [] : [Buffer.from(input)]);
  return {
    stdin: Object.assign(stdin, { isTTY: input === undefined }),
    stdout,
    stderr,
    env,
    cwd,
    out: () => stdout.text(),
    outBytes: () => stdout.bytes(),
    err: () => stderr.text(),
  };
}

class Collector extends Writable {
  readonly #chunks: Buffer[] = [];

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}
