import type { Word } from '../../ast/nodes.ts';
import { readBufferSizes } from './buffer-sizes.ts';
import { type FieldSink, meaning, piece } from './field-sink.ts';
import { isProtocolName } from './protocol-names.ts';

/** What the other fields need to know of the protocol. */
export interface ProtocolFacts {
  /** Without prefix and suffixes. */
  readonly name: string;
  readonly isRpc: boolean;
  readonly bufferSizes: Word | null;
}

/** Sets of transports on Solaris, and its names for single ones. */
const netTypes = ['visible', 'circuit_v', 'datagram_v', 'circuit_n', 'datagram_n'];
const netIds = ['tcp', 'tcp6', 'udp', 'udp6', 'ticlts', 'ticots', 'ticotsord'];

/** Third field: `[faith/][rpc/]name[4|6|46|6only][/faith|/ttcp][,sndbuf=N][,rcvbuf=N]`. */
export function readProtocolWord(sink: FieldSink, word: Word, socketType: string): ProtocolFacts {
  const isTransportInterface = socketType === 'tli' || socketType === 'xti';
  let rest = word;
  if (sink.rules.obsoleteProtocols && rest.text.startsWith('faith/')) {
    readObsolete(sink, 'faith', piece(rest, 0, 6));
    rest = piece(rest, 6);
  }
  const isRpc = sink.rules.rpc && rest.text.startsWith('rpc/');
  if (isRpc) {
    sink.add('type', meaning(piece(rest, 0, 4), 'RPC'));
    rest = piece(rest, 4);
    if (selectsTransports(rest.text, isTransportInterface)) {
      readTransports(sink, rest);
      return { name: rest.text, isRpc, bufferSizes: null };
    }
  }
  const comma = sink.rules.bufferSizes === 'literal' ? -1 : rest.text.indexOf(',');
  const base = comma === -1 ? rest : piece(rest, 0, comma);
  const bufferSizes = comma === -1 ? null : piece(rest, comma + 1);
  const protocol = isTransportInterface ? base : readVersion(sink, readObsoleteSuffix(sink, base));
  sink.add('protocol', protocol);
  if (!isTransportInterface && !isKnown(sink, protocol.text)) {
    sink.report('unknown-protocol', protocol, `no dialect knows the protocol '${protocol.text}'`);
  }
  if (bufferSizes !== null) readBufferSizes(sink, bufferSizes);
  return { name: protocol.text, isRpc, bufferSizes };
}

function isKnown(sink: FieldSink, name: string): boolean {
  if (name === 'unix') return sink.rules.unixSockets;
  const isAlias = sink.rules.protocolAliases && name === name.toUpperCase();
  return isProtocolName(isAlias ? name.toLowerCase() : name);
}

/** The KAME relay and T/TCP: neither exists any more. */
function readObsolete(sink: FieldSink, key: 'faith' | 'ttcp', marker: Word): void {
  sink.add(key, marker);
  sink.report(`obsolete-${key}`, marker, `'${marker.text}' has no effect on any system of today`);
}

function readObsoleteSuffix(sink: FieldSink, base: Word): Word {
  const suffix = sink.rules.obsoleteProtocols ? /\/(?:faith|ttcp)$/.exec(base.text) : null;
  if (suffix === null) return base;
  readObsolete(sink, suffix[0] === '/ttcp' ? 'ttcp' : 'faith', piece(base, suffix.index));
  return piece(base, 0, suffix.index);
}

/** `*`, a set, an id that is no protocol name, or a list; `tcp` and `udp` alone only for transport interfaces. */
function selectsTransports(text: string, isTransportInterface: boolean): boolean {
  if (text === '*') return true;
  const names = text.split(',');
  const known = names.every((name) => netTypes.includes(name) || netIds.includes(name));
  return isTransportInterface || (known && (names.length > 1 || !/^(?:tcp|udp)6?$/.test(text)));
}

function readTransports(sink: FieldSink, list: Word): void {
  sink.add('protocol', list);
  let at = 0;
  const names = list.text.split(',').map((name) => {
    const from = at;
    at += name.length + 1;
    return piece(list, from, from + name.length);
  });
  sink.addList('nettype', names);
}

/** Cuts the IP version off and returns the name in front of it. */
function readVersion(sink: FieldSink, base: Word): Word {
  if (sink.rules.ipVersion === 'fourth-letter') return readFourthLetter(sink, base);
  const found = /^(tcp|udp|sctp)([0-9].*)$/s.exec(base.text);
  if (found === null) return base;
  const [, name = '', suffix = ''] = found;
  const version = piece(base, name.length);
  if (suffix === '6only') {
    sink.add('ip_version', version);
  } else if (/^[46]+$/.test(suffix)) {
    const both = suffix.includes('4') && suffix.includes('6');
    const text = sink.rules.ipVersion === 'last-letter' ? suffix.slice(-1) : both ? '46' : suffix.charAt(0);
    sink.add('ip_version', meaning(version, text));
  } else {
    sink.report('bad-ip-version', version, `'${suffix}' is no IP version: 4, 6, 46 and 6only are`);
  }
  return piece(base, 0, name.length);
}

/** GNU looks at three letters and the one behind them; `tcp5`, `tcp,sndbuf=1k` and `tcp/ttcp` are all tcp. */
function readFourthLetter(sink: FieldSink, base: Word): Word {
  if (!/^(?:tcp|udp)/.test(base.text)) return base;
  const version = base.text.slice(3) === '6only' ? piece(base, 3) : piece(base, 3, 4);
  if (/^(?:4|6|6only)$/.test(version.text)) sink.add('ip_version', version);
  return piece(base, 0, 3);
}
