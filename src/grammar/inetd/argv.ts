import type { Word } from '../../ast/nodes.ts';
import { decimal, type FieldSink, meaning } from './field-sink.ts';
import type { Fields } from './fields.ts';
import type { ProtocolFacts } from './protocol-word.ts';
import { readRpcVersions } from './rpc-versions.ts';

/** The argument vector, without the RPC numbers that HP-UX, 4.3BSD and AIX write among its words. */
export function readArgv(sink: FieldSink, text: string, fields: Fields, protocol: ProtocolFacts): void {
  const words = sink.rules.rareForms && !protocol.isRpc ? withoutRpcNumbers(sink, fields) : fields.argv;
  sink.addList('argv', limited(sink, text, words));
}

function withoutRpcNumbers(sink: FieldSink, { service, socketType, argv }: Fields): readonly Word[] {
  const isAix = /^sunrpc_(?:tcp|udp)$/.test(socketType.text);
  const isService = service.text === 'rpc' || service.text === 'sunrpc';
  const at = isAix ? 1 : 0;
  const program = argv[at];
  const versions = argv[at + 1];
  if (!(isAix || isService) || program === undefined || versions === undefined) return argv;
  if (decimal(program.text) === null || !/^[0-9]+(?:-[0-9]+)?$/.test(versions.text)) return argv;
  sink.add('type', meaning(isAix ? socketType : service, 'RPC'));
  sink.add('rpc_number', program);
  readRpcVersions(sink, versions);
  return argv.toSpliced(at, 2);
}

/** The daemons have room for so many arguments, and their own way with those above it. */
function limited(sink: FieldSink, text: string, words: readonly Word[]): readonly Word[] {
  const { maxArgv, surplusArgv } = sink.rules;
  const surplus = maxArgv === null ? undefined : words[maxArgv];
  const last = maxArgv === null ? undefined : words[maxArgv - 1];
  const end = words.at(-1)?.end;
  if (maxArgv === null || surplus === undefined || last === undefined || end === undefined) return words;
  const severity = surplusArgv === 'error' ? 'error' : 'warning';
  sink.report(
    'too-many-args',
    surplus,
    `most daemons have room for ${maxArgv} arguments, argv[0] included`,
    severity,
  );
  switch (surplusArgv) {
    case 'kept':
    case 'error':
      return words;
    case 'dropped':
      return words.slice(0, maxArgv);
    case 'glued': {
      const glued: Word = { type: 'Word', start: last.start, end, text: text.slice(last.start, end) };
      return [...words.slice(0, maxArgv - 1), glued];
    }
  }
}

/** `#` is text in most daemons, and a comment in others. */
export function reportHashes(sink: FieldSink, words: readonly Word[], argv: readonly Word[]): void {
  const trailing = argv.find((word) => word.text.startsWith('#'));
  if (trailing !== undefined) {
    sink.report(
      'trailing-hash',
      trailing,
      `most daemons know comments in column 1 only: '${trailing.text}' and what follows become arguments of the server`,
    );
  }
  const end = trailing?.start ?? Number.POSITIVE_INFINITY;
  const inside = words.find((word) => word.start < end && word.text.indexOf('#') > 0);
  if (inside !== undefined) {
    sink.report('hash-in-word', inside, 'busybox and Solaris cut the line at this #, the others do not');
  }
}
