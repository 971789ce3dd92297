import { formatIpv4, ipv4Bytes, ipv4Value, parseDottedQuad } from './ipv4.ts';

/** The 16 bytes of an IPv6 address as inet_pton reads it; no brackets, no zone. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupBytes(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groupBytes(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const length = head.length + tail.length;
  if (halves.length === 1 ? length !== 16 : length > 14) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of `a:b:c`; the last group may be an IPv4 address where the address ends. */
function groupBytes(text: string, endsAddress: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else {
      const quad = endsAddress && index === groups.length - 1 ? parseDottedQuad(group) : undefined;
      if (quad === undefined) return undefined;
      bytes.push(...ipv4Bytes(quad));
    }
  }
  return bytes;
}

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

/** `::ffff:0.0.0.0`, where the mapped addresses begin. */
export const mappedBytes: Uint8Array = Uint8Array.from([...mappedPrefix, 0, 0, 0, 0]);

/** The IPv4 address inside `::ffff:a.b.c.d`. */
export function mappedIpv4(bytes: Uint8Array): number | undefined {
  return mappedPrefix.every((byte, index) => bytes[index] === byte)
    ? ipv4Value(bytes.subarray(12))
    : undefined;
}

/** As inet_ntop writes it: the longest run of zeros is shortened, IPv4 inside stays dotted. */
export function formatIpv6(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  const run = longestZeroRun(groups);
  const isIpv4Inside = run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  const texts = groups.map((group) => group.toString(16));
  if (isIpv4Inside) {
    const quad = formatIpv4(ipv4Value(bytes.subarray(12)));
    return run.length === 6 ? `::${quad}` : `::ffff:${quad}`;
  }
  if (run.length < 2) return texts.join(':');
  const head = texts.slice(0, run.start).join(':');
  return `${head}::${texts.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 0 };
  let start = 0;
  for (let at = 0; at <= groups.length; at += 1) {
    if (groups[at] === 0) continue;
    if (at - start > best.length) best = { start, length: at - start };
    start = at + 1;
  }
  return best;
}

/** The mask of a prefix length, 0 to 128. */
export function ipv6Mask(prefix: number): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, index) => {
    const bits = Math.min(Math.max(prefix - index * 8, 0), 8);
    return (0xff00 >> bits) & 0xff;
  });
}
