import type { PlaceReport } from '../diagnostic.ts';
import type { Family } from './family.ts';

/** An entry that is switched on, and where it listens. */
export interface Listener {
  /** Equal for entries that listen on the same port and address. */
  readonly place: string;
  /** Null with an address of its own, which is of one family. */
  readonly family: Family | null;
  /** Whether the protocol names no family. */
  readonly isPlain: boolean;
  /** 1-based. */
  readonly line: number;
}

/** What is left to an entry when others have their part: all that it wants, one family, or nothing. */
export type Share = 'all' | Family | 'nothing';

const ipv4 = 1;
const ipv6 = 2;

interface Slot<T extends Listener> {
  readonly listener: T;
  readonly wanted: number;
  held: number;
}

/**
 * What each entry gets where several of a file listen on one port: who comes first holds it, and the next one gets the
 * family that is left. openbsd-inetd makes two sockets of a plain `tcp`, and a `tcp6` line further down takes the second of
 * them over (observed); a line for both families takes nothing from others.
 */
export function shareSockets<T extends Listener>(
  listeners: readonly T[],
  reportOf: (listener: T) => PlaceReport,
): readonly Share[] {
  const holders = new Map<string, Slot<T>[]>();
  const slots = listeners.map((listener): Slot<T> => {
    const wanted = listener.family === null ? ipv4 | ipv6 : familiesOf(listener.family);
    const slot = { listener, wanted, held: wanted };
    const others = holders.get(listener.place) ?? [];
    holders.set(listener.place, others);
    settle(slot, others, reportOf);
    if (slot.held !== 0) others.push(slot);
    return slot;
  });
  return slots.map(({ wanted, held }) => (held === wanted ? 'all' : shareOf(held)));
}

function settle<T extends Listener>(
  slot: Slot<T>,
  others: readonly Slot<T>[],
  reportOf: (listener: T) => PlaceReport,
): void {
  const { listener } = slot;
  let line = 0;
  for (const other of others) {
    if ((other.held & slot.held) === 0) continue;
    if (isTakenOver(other, slot)) {
      other.held = ipv4;
      reportOf(other.listener).info('family-shared', `its IPv6 clients are those of line ${listener.line}`);
    } else {
      slot.held &= ~other.held;
      line = other.listener.line;
    }
  }
  if (line !== 0) reportLoss(slot, line, reportOf(listener));
}

/** The second socket of a plain line goes to a later one that names IPv6 alone. */
function isTakenOver({ listener, held }: Slot<Listener>, by: Slot<Listener>): boolean {
  return listener.isPlain && listener.family !== null && held === (ipv4 | ipv6) && by.wanted === ipv6;
}

function reportLoss(
  { listener: { isPlain }, held }: Slot<Listener>,
  line: number,
  report: PlaceReport,
): void {
  if (held === 0) {
    report.warning(
      'duplicate',
      `same service, protocol and address as line ${line}; only one can listen, this one is disabled`,
    );
  } else if (isPlain && held === ipv6) {
    report.info('family-shared', `its IPv4 clients are those of line ${line}`);
  } else {
    const left = held === ipv4 ? 'IPv4' : 'IPv6';
    report.warning('duplicate', `line ${line} listens on the same port; this one takes ${left} clients only`);
  }
}

function familiesOf({ flag, isV6Only }: Family): number {
  if (flag === 'IPv4') return ipv4;
  return isV6Only ? ipv6 : ipv4 | ipv6;
}

function shareOf(held: number): Share {
  if (held === 0) return 'nothing';
  return held === ipv4 ? { flag: 'IPv4', isV6Only: false } : { flag: 'IPv6', isV6Only: true };
}
