import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Addon } from './addon.ts';
import type { Binding, SocketArguments } from './binding.ts';
import { EventDecoder, eventBytes } from './event-codec.ts';
import type { SocketOptions } from './socket-types.ts';
import { errnoName, makeSystemError } from './system-error.ts';

/** The addon, or why there is none and what to do about it. */
export type LoadedAddon =
  | { readonly ok: true; readonly addon: Addon; readonly file: string }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** Events handed to JavaScript in one call; more follow in the next. */
const batchSize = 256;

/**
 * Loads the addon: from `file` if given, else from where a build or a package puts it. Never throws; what is missing and
 * how to get it comes back as text for the user.
 */
export function loadAddon(file?: string): LoadedAddon {
  if (process.platform !== 'linux') {
    return {
      ok: false,
      reason: `the native part of xcfg exists for Linux only, this is ${process.platform}`,
      remedy: 'run the services on a Linux host or container',
    };
  }
  const candidates = file === undefined ? standardPlaces() : [file];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    return {
      ok: false,
      reason: `the native part of xcfg is missing (looked for ${candidates.join(', ')})`,
      remedy: `install a C compiler (Debian: apt-get install gcc libc6-dev) and run: ${buildCommand()}`,
    };
  }
  try {
    const module = { exports: {} };
    process.dlopen(module, path.resolve(found));
    return { ok: true, addon: connect(module.exports as Binding), file: found };
  } catch (error) {
    return {
      ok: false,
      reason: `${found} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      remedy: `build it for this machine: ${buildCommand()}`,
    };
  }
}

function buildCommand(): string {
  return `node ${path.join(packageRoot(), 'scripts', 'build-native.mjs')}`;
}

/** In a package by platform, libc and architecture; in a checkout where scripts/build-native.mjs puts it. */
function standardPlaces(): string[] {
  const root = packageRoot();
  return [
    path.join(root, 'native', 'build', 'xcfg.node'),
    path.join(root, 'native', 'prebuilds', `linux-${process.arch}-${libc()}`, 'xcfg.node'),
  ];
}

/** The nearest folder above this file that has a package.json: true of src/native through tsx and of the bundle in dist. */
function packageRoot(): string {
  const start = path.dirname(fileURLToPath(import.meta.url));
  let folder = start;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) return start;
    folder = parent;
  }
  return folder;
}

/** By the loader that this process runs with; process.report knows it too, but costs 29 ms and 3.5 MiB to ask. */
function libc(): 'glibc' | 'musl' {
  return readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-') ? 'musl' : 'glibc';
}

/**
 * With fewer than there are processors, one stands idle while a child waits for its turn: measured on two processors, two
 * starts at a time give 1.4 times the connections per second of one, and a third nothing more.
 */
function defaultSpawners(): number {
  return Math.min(4, availableParallelism());
}

function socketArguments(options: SocketOptions): SocketArguments {
  const { family, type, protocol, address, port, v6only, reuseAddress, noDelay, keepAlive } = options;
  const { sendBuffer, receiveBuffer, backlog, mode, uid, gid } = options;
  return [
    family,
    type,
    protocol,
    address,
    port,
    v6only,
    reuseAddress,
    noDelay,
    keepAlive,
    sendBuffer,
    receiveBuffer,
    backlog,
    mode,
    uid,
    gid,
  ];
}

/** Puts the interface over the compiled calls. */
function connect(binding: Binding): Addon {
  binding.setErrorFactory(makeSystemError);
  return {
    ...binding,
    openSocket: (options) => binding.openSocket(...socketArguments(options)),
    removeSocketFile: (options) => binding.removeSocketFile(...socketArguments(options)),
    start(options, onEvents) {
      const buffer = new ArrayBuffer(batchSize * eventBytes);
      const decoder = new EventDecoder(buffer);
      binding.start({ spawners: defaultSpawners(), ...options }, buffer, (count) =>
        onEvents(decoder.decode(count)),
      );
    },
    watch: (fd, mode) => binding.watch(fd, mode === 'accept'),
    spawn: ({ plan, token, stdio, close, env }) =>
      binding.spawn(plan, token, stdio[0], stdio[1], stdio[2], close, env),
    sendLocal(fd, receiver, data) {
      const errno = binding.sendLocal(fd, receiver, data);
      return errno === 0 ? null : errnoName(errno);
    },
  };
}
