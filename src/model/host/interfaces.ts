import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = '/sys/class/net';

/** The network interfaces of this machine with their numbers; none where the kernel does not show them. */
export function systemInterfaces(): ReadonlyMap<string, number> {
  return new Map(
    interfaceNames().flatMap((name) => {
      const number = readNumber(name);
      return number === undefined ? [] : [[name, number] as const];
    }),
  );
}

function interfaceNames(): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Undefined for files between the interfaces, and for one that went away. */
function readNumber(name: string): number | undefined {
  try {
    return Number(readFileSync(path.join(folder, name, 'ifindex'), 'latin1'));
  } catch {
    return undefined;
  }
}
