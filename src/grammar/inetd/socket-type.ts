import type { Word } from '../../ast/nodes.ts';
import { decimal, type FieldSink, piece } from './field-sink.ts';

const classicTypes = ['stream', 'dgram', 'raw', 'rdm', 'seqpacket'];
const otherTypes = ['tli', 'xti', 'sunrpc_tcp', 'sunrpc_udp'];

/** Whether a word can stand in the socket type field of some dialect: what tells an entry from prose. */
export function isSocketTypeWord(text: string): boolean {
  return (
    classicTypes.includes(text) || otherTypes.includes(text) || text === 'dgram/i' || /^stream[,:]/.test(text)
  );
}

/** Second field: the type, for NetBSD with `,limit` and `:filter,argument`, for SCO with `/i`. */
export function readSocketType(sink: FieldSink, word: Word): void {
  const { rules } = sink;
  if (rules.socketTypes.includes(word.text)) {
    sink.add('socket_type', word);
  } else if (word.text === 'dgram/i' && rules.rareForms) {
    sink.add('socket_type', piece(word, 0, 5));
    sink.add('receive_interface', piece(word, 6));
  } else if (rules.acceptFilters && /^stream[,:]/.test(word.text)) {
    readStreamSuffixes(sink, word);
  } else {
    sink.report('bad-socket-type', word, `'${word.text}' is no socket type`);
  }
}

function readStreamSuffixes(sink: FieldSink, word: Word): void {
  sink.add('socket_type', piece(word, 0, 6));
  const colon = word.text.indexOf(':');
  const limitEnd = colon === -1 ? word.text.length : colon;
  if (word.text[6] === ',') readAcceptMax(sink, piece(word, 7, limitEnd));
  if (colon !== -1) readAcceptFilter(sink, piece(word, colon + 1));
}

function readAcceptMax(sink: FieldSink, limit: Word): void {
  if (decimal(limit.text) === null) sink.report('bad-accept-max', limit, `'${limit.text}' is no number`);
  else sink.add('accept_max', limit);
}

function readAcceptFilter(sink: FieldSink, filter: Word): void {
  const [name = '', argument, ...surplus] = filter.text.split(',');
  if (name === '') {
    sink.report('bad-accept-filter', filter, 'the accept filter is empty');
  } else if (filter.text.includes(':')) {
    sink.report('bad-accept-filter', filter, 'there can be only one accept filter');
  } else if (surplus.length > 0) {
    sink.report('bad-accept-filter', filter, 'an accept filter has one argument at most');
  } else if (argument === undefined) {
    sink.add('accept_filter', filter);
  } else {
    sink.addList('accept_filter', [piece(filter, 0, name.length), piece(filter, name.length + 1)]);
  }
}
