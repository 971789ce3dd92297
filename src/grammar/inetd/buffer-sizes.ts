import type { Word } from '../../ast/nodes.ts';
import { type FieldSink, piece } from './field-sink.ts';

const maxSize = 2 ** 31 - 1;

/** A buffer size in bytes, with `k` or `m` for 1024 and 1024 * 1024; null when it is none. */
export function sizeInBytes(text: string): number | null {
  const [, digits, unit] = /^([0-9]+)([km]?)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const size = Number(digits) * (unit === 'k' ? 1024 : unit === 'm' ? 1024 * 1024 : 1);
  return size <= maxSize ? size : null;
}

/** What stands behind the comma of `tcp,sndbuf=64k,rcvbuf=1m`. */
export function readBufferSizes(sink: FieldSink, list: Word): void {
  if (sink.rules.bufferSizes === 'ignored') return;
  const options = list.text.split(',');
  if (options.length > 2) {
    sink.report('bad-sockbuf', list, 'there can be two buffer sizes at most');
    return;
  }
  let at = 0;
  for (const [index, option] of options.entries()) {
    const word = piece(list, at, at + option.length);
    at += option.length + 1;
    if (!readBufferSize(sink, word)) return;
    if (index < options.length - 1 && /[0-9]$/.test(option)) {
      const severity = sink.rules.dialect === 'auto' ? 'warning' : 'error';
      const message = `NetBSD and Debian refuse '${option}' in front of another size: write it with k or m`;
      sink.report('sockbuf-unit-bug', word, message, severity);
    }
  }
}

function readBufferSize(sink: FieldSink, option: Word): boolean {
  const equals = option.text.indexOf('=');
  const name = equals === -1 ? option.text : option.text.slice(0, equals);
  if (name !== 'sndbuf' && name !== 'rcvbuf') {
    sink.report('bad-sockbuf', option, `'${name}' is no buffer: sndbuf and rcvbuf are`);
    return false;
  }
  const size = piece(option, equals === -1 ? option.text.length : equals + 1);
  const bytes = sizeInBytes(size.text);
  if (bytes === null || bytes < 1) {
    sink.report('bad-sockbuf', option, `'${option.text}' needs a size of at least 1, with k or m or without`);
    return false;
  }
  sink.add(name, size);
  return true;
}
