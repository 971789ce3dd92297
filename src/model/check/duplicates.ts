import { lowerAscii } from '../../text/lower-ascii.ts';
import type { Context } from '../context.ts';
import { DaemonCrash } from '../crash.ts';
import { type Draft, idOf, nameOf } from '../draft.ts';
import { drop } from '../fill.ts';
import type { QuirkSet } from '../quirks.ts';

/** Accepted entries by what they listen on, so that looking for a duplicate does not grow with their number. */
export class PortIndex {
  readonly #quirks: QuirkSet;
  readonly #ports = new Map<string, PortEntries>();

  constructor(quirks: QuirkSet) {
    this.#quirks = quirks;
  }

  add(draft: Draft): void {
    if (!this.#counts(draft)) return;
    const key = portKey(draft);
    const entries = this.#ports.get(key);
    if (entries === undefined) this.#ports.set(key, new PortEntries(draft));
    else entries.add(draft);
  }

  /** Entries that may listen where the draft does, the earliest first. */
  candidates(draft: Draft): readonly Draft[] {
    return this.#ports.get(portKey(draft))?.besides(draft.values.bindAddress) ?? [];
  }

  /** The daemon looks only at earlier entries with a bind address; without a port there is nothing to share. */
  #counts(draft: Draft): boolean {
    if (this.#quirks.has('duplicates-need-bind')) return draft.values.bind !== null;
    return draft.values.unixPath !== null || !isPortless(draft);
  }
}

/** The entries of one port. Nearly every port has one alone: only those with more are told apart by address. */
class PortEntries {
  readonly #all: Draft[];
  #byAddress: Map<string | null, Draft[]> | null = null;

  constructor(first: Draft) {
    this.#all = [first];
  }

  add(draft: Draft): void {
    this.#all.push(draft);
    if (this.#byAddress !== null) append(this.#byAddress, draft);
  }

  /** Those that may get in the way of an entry on an address; null is all addresses. */
  besides(address: string | null): readonly Draft[] {
    if (address === null) return this.#all;
    this.#byAddress ??= byAddress(this.#all);
    const same = this.#byAddress.get(address) ?? [];
    const everywhere = this.#byAddress.get(null) ?? [];
    return [...same, ...everywhere];
  }
}

function byAddress(drafts: readonly Draft[]): Map<string | null, Draft[]> {
  const found = new Map<string | null, Draft[]>();
  for (const draft of drafts) append(found, draft);
  return found;
}

function append(map: Map<string | null, Draft[]>, draft: Draft): void {
  const { bindAddress } = draft.values;
  const drafts = map.get(bindAddress);
  if (drafts === undefined) map.set(bindAddress, [draft]);
  else drafts.push(draft);
}

function portKey({ values }: Draft): string {
  return values.unixPath ?? `${values.port ?? 0} ${values.protocol?.number ?? 0}`;
}

export function checkDuplicate(draft: Draft, earlier: PortIndex, context: Context): boolean {
  const other = earlier.candidates(draft).find((each) => isDuplicate(draft, each, context));
  if (other === undefined) return true;
  if (draft.lacksId || other.lacksId) throw new DaemonCrash(draft.location);
  const message =
    lowerAscii(idOf(draft)) === lowerAscii(idOf(other))
      ? `service: ${nameOf(draft)} id: ${idOf(draft)} not unique or is a duplicate - DISABLING`
      : `service: ${nameOf(draft)} id: ${idOf(draft)} is unique but its identical to service: ${nameOf(other)} id: ${idOf(other)} - DISABLING`;
  return drop(draft, context, 'duplicate', message);
}

/**
 * Same port and protocol (the index has seen to that) on the same address. The daemon takes an earlier entry with a
 * bind address for a duplicate of any later one without.
 */
function isDuplicate(draft: Draft, other: Draft, context: Context): boolean {
  if (isRpc(draft) && isRpc(other) && !isSameProgram(draft, other)) return false;
  const [address, otherAddress] = [draft.values.bindAddress, other.values.bindAddress];
  if (context.quirks.has('duplicates-need-bind')) return address === null || address === otherAddress;
  if (draft.values.unixPath !== null) return true;
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
