import type { Word } from '../../ast/nodes.ts';
import { addressWords } from './addresses.ts';
import { decimal, type FieldSink, meaning, piece } from './field-sink.ts';
import type { ProtocolFacts } from './protocol-word.ts';
import { readRpcVersions } from './rpc-versions.ts';

const maxPort = 65535;

/** First field, with the address that may be a word of its own in front of it. Returns the name of the service. */
export function readServiceWord(
  sink: FieldSink,
  word: Word,
  address: Word | null,
  protocol: ProtocolFacts,
  socketType: string,
): Word {
  if (protocol.name === 'unix' && sink.rules.unixSockets) return readPath(sink, word);
  const service = address === null ? readAddress(sink, word) : word;
  if (address !== null) readAddresses(sink, address);
  if (service.text === '') sink.report('empty-service', word, 'the service has no name');
  if (protocol.isRpc) return readRpcName(sink, service);
  if (sink.rules.tcpmux && service.text.startsWith('tcpmux/'))
    return readTcpmux(sink, service, protocol, socketType);
  readPort(sink, service);
  return service;
}

/** Cut at the last colon, so that an IPv6 address needs no brackets. */
function readAddress(sink: FieldSink, word: Word): Word {
  const colon = sink.rules.addresses ? word.text.lastIndexOf(':') : -1;
  if (colon === -1) return word;
  readAddresses(sink, piece(word, 0, colon + 1));
  return piece(word, colon + 1);
}

function readAddresses(sink: FieldSink, prefix: Word): void {
  if (prefix.text === ':' && sink.rules.emptyAddress !== 'any') {
    const severity = sink.rules.emptyAddress === 'warn' ? 'warning' : 'error';
    sink.report('empty-bind', prefix, "nothing stands before ':'; only OpenBSD reads that as '*'", severity);
  }
  sink.addList('bind', addressWords(prefix, sink.rules));
}

/** `[[:user:group:mode:]|[prefix:]]/path` of a UNIX socket; an address in front of it means nothing. */
function readPath(sink: FieldSink, word: Word): Word {
  if (sink.rules.socketOwners && word.text.startsWith(':')) return readOwner(sink, word);
  const colon = word.text.startsWith('/') && sink.rules.dialect === 'auto' ? -1 : word.text.lastIndexOf(':');
  const path = sink.rules.addresses ? piece(word, colon + 1) : word;
  sink.add('socket_path', path);
  return path;
}

/** FreeBSD: all four parts are needed, and the mode is octal. */
function readOwner(sink: FieldSink, word: Word): Word {
  const [, user = '', group = '', mode = '', path = ''] =
    /^:([^:]*):([^:]*):([^:]*):(.*)$/s.exec(word.text) ?? [];
  if (user === '' || group === '' || path === '' || !/^0*[0-7]{1,4}$/.test(mode)) {
    sink.report('bad-socket-owner', word, `'${word.text}' is not :user:group:octal mode:/path`);
    return word;
  }
  const groupAt = user.length + 2;
  const modeAt = groupAt + group.length + 1;
  const pathAt = modeAt + mode.length + 1;
  sink.add('socket_user', piece(word, 1, groupAt - 1));
  sink.add('socket_group', piece(word, groupAt, modeAt - 1));
  sink.add('socket_mode', piece(word, modeAt, pathAt - 1));
  sink.add('socket_path', piece(word, pathAt));
  return piece(word, pathAt);
}

/** `program/versions`, the program by name or number. */
function readRpcName(sink: FieldSink, service: Word): Word {
  const slash = service.text.indexOf('/');
  const program = slash === -1 ? service : piece(service, 0, slash);
  if (decimal(program.text) !== null) sink.add('rpc_number', program);
  if (slash !== -1) {
    readRpcVersions(sink, piece(service, slash + 1));
  } else if (sink.rules.missingRpcVersion === 'one') {
    sink.add('rpc_version', meaning(service, '1'));
  } else {
    const severity = sink.rules.missingRpcVersion === 'error' ? 'error' : 'warning';
    if (severity === 'warning') sink.add('rpc_version', meaning(service, '1'));
    sink.report(
      'rpc-no-version',
      service,
      'FreeBSD and illumos take version 1, the others refuse the line',
      severity,
    );
  }
  return program;
}

/** `tcpmux/name`, or with a plus when inetd itself answers the client. */
function readTcpmux(sink: FieldSink, service: Word, protocol: ProtocolFacts, socketType: string): Word {
  const plus = service.text.startsWith('tcpmux/+');
  const prefix = plus ? 8 : 7;
  sink.add('type', meaning(piece(service, 0, prefix), plus ? 'TCPMUXPLUS' : 'TCPMUX'));
  if (protocol.name !== 'tcp') {
    sink.report('tcpmux-protocol', service, `a tcpmux service needs tcp, not ${protocol.name}`);
  } else if (!socketType.startsWith('stream')) {
    sink.report('tcpmux-socket-type', service, `a tcpmux service needs stream, not ${socketType}`);
  } else if (protocol.bufferSizes !== null && sink.rules.bufferSizes !== 'ignored') {
    sink.report('bad-sockbuf', protocol.bufferSizes, 'a tcpmux service has no socket to set sizes of');
  }
  return piece(service, prefix);
}

function readPort(sink: FieldSink, service: Word): void {
  if (!/^[0-9]+$/.test(service.text)) return;
  const port = decimal(service.text, maxPort);
  if (port === null || port === 0) {
    sink.report('bad-port', service, `port numbers go from 1 to ${maxPort}`);
  } else {
    sink.add('port', service);
  }
}
