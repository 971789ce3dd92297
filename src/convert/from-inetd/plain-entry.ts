import type { LineEntry, Word } from '../../ast/nodes.ts';
import { type InetdService, noLimits, noSocketOptions } from './inetd-service.ts';

const plainName = /^[A-Za-z_][\w-]*$/;
const plainPath = /^\/[\w./-]*$/;

/**
 * Reads an entry whose words have no parts and mean the same in every dialect; null for any other, which `readEntry`
 * takes. Without this a file of 100,000 lines takes twice as long: making attributes costs more than all the rest.
 */
export function readPlainEntry(entry: LineEntry, defaultAddresses: readonly string[]): InetdService | null {
  const { fields, between } = entry;
  if (between.length > 0) return null;
  const [name, socketType, protocol, wait, user, server] = fields;
  if (server === undefined || name === undefined || protocol === undefined || user === undefined) return null;
  const isStream = socketType?.text === 'stream' && protocol.text === 'tcp';
  const isDgram = socketType?.text === 'dgram' && protocol.text === 'udp';
  if (!isStream && !isDgram) return null;
  if (wait?.text !== 'wait' && wait?.text !== 'nowait') return null;
  if (!plainName.test(name.text) || !plainName.test(user.text) || !plainPath.test(server.text)) return null;
  return {
    kind: 'listed',
    name: name.text,
    addresses: defaultAddresses,
    socketType: socketType?.text ?? '',
    protocol: protocol.text,
    ipVersion: '',
    rpcVersion: null,
    wait: wait.text === 'wait',
    user: user.text,
    group: null,
    server: server.text,
    isInternal: false,
    argv: textsBehind(fields, 6),
    limits: noLimits,
    socket: noSocketOptions,
    isDisabled: entry.disabled !== null,
  };
}

function textsBehind(words: readonly Word[], from: number): readonly string[] {
  const texts: string[] = [];
  for (let at = from; at < words.length; at += 1) texts.push(words[at]?.text ?? '');
  return texts;
}
