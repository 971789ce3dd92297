import type { Context } from '../context.ts';
import { DaemonCrash } from '../crash.ts';
import { type Draft, idOf, nameOf } from '../draft.ts';
import { drop } from '../fill.ts';

/** Accepted entries by what they listen on, so that looking for a duplicate does not grow with their number. */
export class PortIndex {
  readonly #byPort = new Map<string, Draft[]>();

  add(draft: Draft): void {
    const key = keyOf(draft);
    const drafts = this.#byPort.get(key);
    if (drafts === undefined) this.#byPort.set(key, [draft]);
    else drafts.push(draft);
  }

  samePort(draft: Draft): readonly Draft[] {
    return this.#byPort.get(keyOf(draft)) ?? [];
  }
}

function keyOf({ values }: Draft): string {
  return values.unixPath ?? `${values.port ?? 0} ${values.protocol?.number ?? ''}`;
}

export function checkDuplicate(draft: Draft, earlier: PortIndex, context: Context): boolean {
  const other = earlier.samePort(draft).find((each) => isDuplicate(draft, each, context));
  if (other === undefined) return true;
  if (draft.lacksId || other.lacksId) throw new DaemonCrash();
  const message =
    idOf(draft).toLowerCase() === idOf(other).toLowerCase()
      ? `service: ${nameOf(draft)} id: ${idOf(draft)} not unique or is a duplicate - DISABLING`
      : `service: ${nameOf(draft)} id: ${idOf(draft)} is unique but its identical to service: ${nameOf(other)} id: ${idOf(other)} - DISABLING`;
  return drop(draft, context, 'duplicate', message);
}

/**
 * Same port and protocol (the index has seen to that) on the same address. The daemon looks only at earlier entries
 * with a bind address, and takes them for duplicates of any later one without.
 */
function isDuplicate(draft: Draft, other: Draft, context: Context): boolean {
  if (isRpc(draft) && isRpc(other) && !isSameProgram(draft, other)) return false;
  const [address, otherAddress] = [draft.values.bindAddress, other.values.bindAddress];
  if (context.quirks.has('duplicates-need-bind')) {
    if (other.values.bind === null) return false;
    return address === null || address === otherAddress;
  }
  if (draft.values.unixPath !== null) return true;
  if (isPortless(draft)) return false;
  if (address !== null && otherAddress !== null) return address === otherAddress;
  return overlap(draft, other);
}

function isRpc({ values }: Draft): boolean {
  return values.types.has('RPC');
}

/** The kernel chooses the port, or there is none. */
function isPortless({ values }: Draft): boolean {
  return (values.port ?? 0) === 0 && !values.types.has('RPC');
}

function isSameProgram(draft: Draft, other: Draft): boolean {
  const [a, b] = [draft.values.rpcVersion, other.values.rpcVersion];
  if (draft.values.rpcNumber !== other.values.rpcNumber || a === null || b === null) return false;
  return a.low <= b.high && b.low <= a.high;
}

/** Whether a socket on all addresses and another one get in each other's way. */
function overlap(draft: Draft, other: Draft): boolean {
  if (draft.values.family === other.values.family) return true;
  const six = draft.values.family === 'IPv6' ? draft : other;
  return six.values.v6only !== true && six.values.bindAddress === null;
}
