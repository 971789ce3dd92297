import type { Attribute, DisabledMark, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import { readArgv, reportHashes } from './argv.ts';
import type { DialectRules } from './dialects.ts';
import { FieldSink, meaning, piece } from './field-sink.ts';
import { readProtocolWord } from './protocol-word.ts';
import { readServiceWord } from './service-word.ts';
import { readSocketType } from './socket-type.ts';
import { readUserWord } from './user-word.ts';
import { readWaitWord } from './wait-word.ts';

/** What the words of an entry mean. */
export interface FieldReading {
  readonly name: Word | null;
  readonly attributes: readonly Attribute[];
  readonly problems: readonly Problem[];
}

/** The words of a positional entry by their place. */
export interface Fields {
  /** `address:` where it is a word of its own. */
  readonly address: Word | null;
  readonly service: Word;
  readonly socketType: Word;
  readonly protocol: Word;
  readonly wait: Word;
  readonly user: Word | null;
  readonly processors: Word | null;
  readonly server: Word;
  readonly argv: readonly Word[];
}

/** Reads the words of a positional entry. The protocol comes before the service: it decides how that is read. */
export function readFields(
  text: string,
  words: readonly Word[],
  range: Range,
  rules: DialectRules,
  disabled: DisabledMark | null,
): FieldReading {
  const sink = new FieldSink(rules);
  const fields = placeWords(sink, words);
  if (disabled !== null) sink.add('disable', switchWord(disabled));
  if (fields === null) {
    sink.report('too-few-fields', range, 'service, socket type, protocol, wait, user and server are needed');
    return { name: words[0] ?? null, attributes: sink.attributes, problems: sink.problems };
  }
  const service = disabled?.style === 'camp' ? piece(fields.service, disabled.marker.length) : fields.service;
  readSocketType(sink, fields.socketType);
  const protocol = readProtocolWord(sink, fields.protocol, fields.socketType.text);
  const name = readServiceWord(sink, service, fields.address, protocol, fields.socketType.text);
  readWaitWord(sink, fields.wait);
  if (fields.user !== null) readUserWord(sink, fields.user);
  if (fields.processors !== null) {
    sink.add('processors', piece(fields.processors, 1, fields.processors.text.length - 1));
  }
  readServer(sink, fields.server);
  readArgv(sink, text, fields, protocol);
  if (rules.dialect === 'auto') reportHashes(sink, words, fields.argv);
  return { name, attributes: sink.attributes, problems: sink.problems };
}

/** `yes` at the place of what switches the entry off. */
function switchWord(disabled: DisabledMark): Word {
  return { type: 'Word', start: disabled.start, end: disabled.end, text: 'yes' };
}

function placeWords(sink: FieldSink, words: readonly Word[]): Fields | null {
  const { rules } = sink;
  const [head] = words;
  const address = head?.text.endsWith(':') && words.length > 1 && rules.separateAddress ? head : null;
  if (address !== null && rules.dialect === 'auto') {
    sink.report(
      'bind-separate-word',
      address,
      'only NetBSD and OpenBSD read an address with a blank behind its colon',
    );
  }
  const rest = address === null ? words : words.slice(1);
  const [service, socketType, protocol, wait, fifth] = rest;
  if (
    service === undefined ||
    socketType === undefined ||
    protocol === undefined ||
    wait === undefined ||
    fifth === undefined
  ) {
    return null;
  }
  const place = { address, service, socketType, protocol, wait };
  if (rules.missingUser !== 'never' && lacksUser(fifth, rest[5])) {
    if (rules.missingUser === 'warn') {
      sink.report('missing-user', fifth, 'the user is missing, as on Ultrix: the server stands in its place');
    }
    return { ...place, user: null, processors: null, server: fifth, argv: rest.slice(5) };
  }
  const hasProcessors = rules.processors && /^\[[0-9,-]*\]$/.test(rest[5]?.text ?? '');
  const processors = hasProcessors ? (rest[5] ?? null) : null;
  const serverAt = hasProcessors ? 6 : 5;
  const server = rest[serverAt];
  if (server === undefined) return null;
  return { ...place, user: fifth, processors, server, argv: rest.slice(serverAt + 1) };
}

/** Ultrix has no user field. A user is never an absolute path; one called `internal` would have a server behind it. */
function lacksUser(fifth: Word, sixth: Word | undefined): boolean {
  if (fifth.text.startsWith('/')) return true;
  return fifth.text === 'internal' && !/^(?:\?|\/|internal$)/.test(sixth?.text ?? '');
}

function readServer(sink: FieldSink, server: Word): void {
  if (server.text === 'internal') {
    sink.add('type', meaning(server, 'INTERNAL'));
    sink.add('server', server);
  } else if (sink.rules.rareForms && server.text.startsWith('?/')) {
    sink.add('server_optional', piece(server, 0, 1));
    sink.add('server', piece(server, 1));
  } else {
    sink.add('server', server);
  }
}
