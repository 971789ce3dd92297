import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Word } from '../../ast/nodes.ts';
import { sizeInBytes } from './buffer-sizes.ts';
import type { DialectRules } from './dialects.ts';
import { decimal, FieldSink, meaning } from './field-sink.ts';
import { isLost } from './problems.ts';
import { readProtocolWord } from './protocol-word.ts';

/** An attribute before it knows the name and operator of its pair. */
export interface KeyValues {
  readonly key: string;
  readonly values: readonly Word[];
}

/** What a key of a NetBSD definition takes, and what it says. */
export interface DefinitionKey {
  /** Fewest and most values. */
  readonly values: readonly [min: number, max: number];
  /** Whether a second one is an error; of the others the last one holds. */
  readonly once: boolean;
  /** Null when a value is none of this key. */
  readonly read: (values: readonly Word[], rules: DialectRules) => readonly KeyValues[] | null;
}

/** Room for arguments in NetBSD, argv[0] included. */
const maxArgs = 64;

/** NetBSD inetd(8), "Key-Values Notation". */
const definitionKeys: Readonly<Record<string, DefinitionKey>> = {
  bind: { values: [1, 1], once: true, read: as('bind') },
  socktype: { values: [1, 1], once: false, read: as('socket_type', isSocketType) },
  acceptfilter: { values: [1, 2], once: false, read: as('accept_filter') },
  accept_max: { values: [1, 1], once: false, read: as('accept_max', isNumber) },
  protocol: { values: [1, 1], once: false, read: readProtocol },
  sndbuf: { values: [1, 1], once: false, read: as('sndbuf', isBufferSize) },
  recvbuf: { values: [1, 1], once: false, read: as('rcvbuf', isBufferSize) },
  wait: { values: [1, 1], once: true, read: as('wait', isYesOrNo) },
  service_max: { values: [1, 1], once: true, read: as('max_per_minute', isNumber) },
  ip_max: { values: [1, 1], once: true, read: as('max_per_ip_per_minute', isNumber) },
  user: { values: [1, 1], once: true, read: as('user') },
  group: { values: [1, 1], once: false, read: as('group') },
  exec: { values: [1, 1], once: false, read: readServer },
  args: { values: [0, maxArgs], once: true, read: as('argv') },
  ipsec: { values: [0, 1], once: true, read: as('ipsec_policy') },
};

export function definitionKey(name: string): DefinitionKey | undefined {
  return Object.hasOwn(definitionKeys, name) ? definitionKeys[name] : undefined;
}

function as(key: InetdKey, accepts: (text: string) => boolean = () => true): DefinitionKey['read'] {
  return (values) => (values.every(({ text }) => accepts(text)) ? [{ key, values }] : null);
}

function isSocketType(text: string): boolean {
  return /^(?:stream|dgram|rdm|seqpacket|raw)$/.test(text);
}

function isNumber(text: string): boolean {
  return decimal(text) !== null;
}

function isBufferSize(text: string): boolean {
  return (sizeInBytes(text) ?? 0) > 0;
}

function isYesOrNo(text: string): boolean {
  return text === 'yes' || text === 'no';
}

function readProtocol(values: readonly Word[], rules: DialectRules): readonly KeyValues[] | null {
  const [word] = values;
  if (word === undefined) return null;
  const sink = new FieldSink({ ...rules, bufferSizes: 'literal' });
  readProtocolWord(sink, word, '');
  return isLost(sink.problems) || sink.problems.some((each) => each.code === 'unknown-protocol')
    ? null
    : sink.attributes;
}

function readServer(values: readonly Word[]): readonly KeyValues[] {
  const [word] = values;
  const server: KeyValues = { key: 'server', values };
  return word?.text === 'internal'
    ? [{ key: 'type', values: [meaning(word, 'INTERNAL')] }, server]
    : [server];
}
