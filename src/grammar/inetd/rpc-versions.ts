import type { Word } from '../../ast/nodes.ts';
import { decimal, type FieldSink, piece } from './field-sink.ts';

/** Versions of an RPC program: one, a range, or IRIX' list. */
export interface RpcVersions {
  readonly low: number;
  readonly high: number;
  readonly list: readonly number[] | null;
}

/** Numbers of `2`, `1-3` or `1,3`; the reason where they are none. */
export function rpcVersions(text: string): RpcVersions | { readonly fault: string } {
  if (text.includes(',')) return versionList(text);
  const [, low = '', high = low, garbage = ''] = /^([0-9]*)(?:-([0-9]*))?(.*)$/s.exec(text) ?? [];
  const from = decimal(low);
  const to = decimal(high);
  if (from === null || to === null) return { fault: `'${text}' is no version number` };
  if (garbage !== '') return { fault: `'${garbage}' stands behind the versions` };
  if (to < from) return { fault: `the range ${text} is reversed` };
  return { low: from, high: to, list: null };
}

function versionList(text: string): RpcVersions | { readonly fault: string } {
  const list = text.split(',').map((each) => decimal(each) ?? Number.NaN);
  if (list.some(Number.isNaN)) return { fault: `'${text}' is no list of version numbers` };
  return { low: Math.min(...list), high: Math.max(...list), list };
}

/** The attribute, or the problem, of a version word. */
export function readRpcVersions(sink: FieldSink, versions: Word): void {
  const [numbers] = sink.rules.looseRpcVersions ? (/^[0-9]+(?:-[0-9]+)?/.exec(versions.text) ?? []) : [];
  const found = numbers === undefined ? rpcVersions(versions.text) : null;
  if (found !== null && 'fault' in found) sink.report('bad-rpc-version', versions, found.fault);
  else sink.add('rpc_version', numbers === undefined ? versions : piece(versions, 0, numbers.length));
}
