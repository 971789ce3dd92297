import type { Word } from '../../ast/nodes.ts';
import { type FieldSink, piece } from './field-sink.ts';

/** Versions of an RPC program: one, a range, or IRIX' list. */
export interface RpcVersions {
  readonly low: number;
  readonly high: number;
  readonly list: readonly number[] | null;
}

/** Numbers of `2`, `1-3` or `1,3`, in decimal or as in C; null where they are none. */
export function rpcVersions(text: string): RpcVersions | null {
  const list = text.split(',').map(cNumber);
  if (list.length > 1 && list.every(isNumber)) {
    const sorted = list.toSorted((a, b) => a - b);
    return { low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0, list };
  }
  const [low = null, high = low, ...others] = text.split('-').map(cNumber);
  return low === null || high === null || others.length > 0 ? null : { low, high, list: null };
}

/** The attribute, or the problem, of a version word. */
export function readRpcVersions(sink: FieldSink, versions: Word): void {
  const { rpcVersions: notation } = sink.rules;
  if (notation === 'c-loose') {
    // What stands behind the numbers is ignored, and a reversed range registers nothing.
    const [numbers] =
      /^(?:0[xX][0-9a-fA-F]+|[0-9]+)(?:-(?:0[xX][0-9a-fA-F]+|[0-9]+))?/.exec(versions.text) ?? [];
    if (numbers === undefined)
      sink.report('bad-rpc-version', versions, `'${versions.text}' begins with no number`);
    else sink.add('rpc_version', piece(versions, 0, numbers.length));
    return;
  }
  const found = notation === 'c' || /^[0-9,-]*$/.test(versions.text) ? rpcVersions(versions.text) : null;
  if (found === null) {
    sink.report('bad-rpc-version', versions, `'${versions.text}' is no version, range or list of versions`);
  } else if (found.low > found.high) {
    sink.report('bad-rpc-version', versions, `the range ${versions.text} is reversed`);
  } else {
    sink.add('rpc_version', versions);
  }
}

function isNumber(value: number | null): value is number {
  return value !== null;
}

/** A number in the notation of C: with `0x` hexadecimal, with another leading zero octal. */
function cNumber(text: string): number | null {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(?:0|[1-9][0-9]*)$/.test(text) ? Number(text) : null;
}
