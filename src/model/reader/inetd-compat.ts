import { findKeyword, socketTypes } from '../../catalog/keywords.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Context } from '../context.ts';
import { DaemonCrash } from '../crash.ts';
import { type Draft, newDraft } from '../draft.ts';
import { type LogSeverity, placedMessage } from '../report.ts';
import type { Origin, SocketType } from '../service.ts';
import { LineCursor } from './line-cursor.ts';
import { wordsIn } from './line-syntax.ts';

/** The daemon always reads and names this file. */
const inetdConf = '/etc/inetd.conf';

/** Places of words in a line. */
const userIndex = 4;
const argvIndex = 6;

/** Built-in services whose id the daemon makes; by a wrong comparison always the one of the datagram service. */
const renamed = new Set(['echo', 'time', 'daytime', 'chargen']);

/** Reads inetd.conf as `xinetd -inetd_compat` does (reference 11): by position, without dialects, quotes or rates. */
export function readInetdCompat(
  source: SourceText,
  context: Context,
): { readonly services: readonly Draft[]; readonly lost: readonly Draft[] } {
  const services: Draft[] = [];
  const lost: Draft[] = [];
  const lines = new LineCursor(source);
  let left: readonly string[] = [];
  let ranges: readonly Range[] = [];
  let isFirst = true;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const words = wordsIn(line.indentation + line.text, 0, line.start - line.indentation.length);
    const texts = words.map((word) => word.text);
    const memory: WordMemory = { all: [...texts, ...left.slice(texts.length)], count: texts.length, isFirst };
    const location = {
      source,
      range: lines.originalRange(line.start, line.start + line.text.trimEnd().length),
    };
    const draft = newDraft('service', serviceName(texts[0] ?? ''), 'line', location);
    const say = (severity: LogSeverity, code: string, message: string) => {
      const diagnostic = placedMessage(severity, code, message, {
        file: inetdConf,
        line: lines.count,
        location,
      });
      context.report(diagnostic);
      return diagnostic;
    };
    const fault = readFields(draft, memory, context, (message) => say('ERROR', 'inetd-bad-wait', message));
    const ownRanges = words.map(({ start, end }) => lines.originalRange(start, end));
    ranges = [...ownRanges, ...ranges.slice(ownRanges.length)];
    left = memory.all;
    isFirst = false;
    if (fault === null) {
      recordOrigins(draft, source, [...ranges.slice(0, argvIndex), ...ownRanges.slice(argvIndex)]);
      say('DEBUG', 'inetd-added', `added service ${draft.name ?? ''}`);
      services.push(draft);
      continue;
    }
    if (fault !== 'silent') {
      const diagnostic = say(fault.severity, fault.code, `inetd.conf - ${fault.message}`);
      draft.faults.push({ attribute: null, diagnostic });
    }
    lost.push(draft);
  }
  return { services, lost };
}

const ofInetd: Origin = { from: 'derived', location: null, note: 'as inetd serves' };

/** Says of each value which word of the line gave it, or that none did. */
function recordOrigins(draft: Draft, source: SourceText, words: readonly Range[]): void {
  const { given, origins, values } = draft;
  const [, socketType, protocol, wait, user, server] = words;
  const argv = words.slice(6);
  const at = (name: string, first: Range | undefined, last = first) => {
    if (first === undefined || last === undefined) return;
    const location = { source, range: { start: first.start, end: last.end } };
    origins.set(name, [{ from: 'entry', location }]);
  };
  at('socket_type', socketType);
  at('protocol', protocol);
  at('wait', wait);
  at('user', user);
  if (given.has('group')) at('group', user);
  at(given.has('server') ? 'server' : 'type', server);
  at('server_args', argv[0], argv.at(-1));
  origins.set('groups', [ofInetd]);
  if (given.has('flags')) origins.set('flags', [ofInetd]);
  if (draft.lacksId || values.id !== draft.name) origins.set('id', [ofInetd]);
}

/** The versions behind a slash mean nothing for what is no RPC service. */
function serviceName(word: string): string {
  return word.replace(/\/.*/s, '');
}

/**
 * The words of a line in the memory of the daemon: behind them are those that longer lines before have left there, and
 * where the line lacks some, these are read.
 */
interface WordMemory {
  readonly all: string[];
  /** How many are the line's own. */
  readonly count: number;
  readonly isFirst: boolean;
}

interface FieldFault {
  readonly severity: LogSeverity;
  readonly code: string;
  readonly message: string;
}

const faulty = (code: string, message: string): FieldFault => ({ severity: 'ERROR', code, message });

/** `silent`: lost without a word. */
function readFields(
  draft: Draft,
  words: WordMemory,
  context: Context,
  complain: (message: string) => void,
): FieldFault | 'silent' | null {
  const { values, given } = draft;
  const [nameWord = '', socketTypeWord, protocolWord, waitWord, userWord, server] = words.all;
  if (words.count < 2 && !words.isFirst) return faulty('inetd-bad-socket-type', 'Invalid socket type');
  const socketType = socketTypeWord === undefined ? undefined : findKeyword(socketTypes, socketTypeWord);
  if (socketType === undefined) return faulty('inetd-bad-socket-type', 'Bad socket type: (null)');
  values.socketType = socketType.name as SocketType;
  if (protocolWord === undefined) throw new DaemonCrash(draft.location);
  // The text of the versions is used after it was given back, which ends the reading of the line.
  if (protocolWord.includes('rpc')) return 'silent';
  const number = context.tables.protocolNumber(protocolWord);
  if (number === undefined) {
    return faulty('inetd-unknown-protocol', `Protocol ${protocolWord} not in /etc/protocols`);
  }
  values.protocol = { name: protocolWord, number };
  if (waitWord === undefined) return faulty('inetd-missing-wait', 'No value specified for wait');
  const wait = waitWord.toLowerCase();
  values.wait = wait === 'wait';
  if (wait !== 'wait' && wait !== 'nowait') complain(`inetd.conf - Bad value for wait: ${waitWord}`);
  if (userWord === undefined) return faulty('inetd-missing-user', 'No value specified for user');
  // The dot in front of the group is overwritten where it stands.
  words.all[userIndex] = userWord.replace(/\..*/s, '');
  const accountFault = readAccount(draft, userWord, context);
  if (accountFault !== null) return accountFault;
  if (server === undefined) return faulty('inetd-missing-user', 'No value specified for user');
  for (const attribute of ['socket_type', 'protocol', 'wait', 'user', 'groups', 'id']) given.add(attribute);
  values.groups = true;
  const name = serviceName(nameWord);
  values.id = name;
  if (server.toLowerCase() === 'internal') return readInternal(draft, name);
  // A number of arguments below 0 is taken for a very large one.
  if (words.count < argvIndex) throw new DaemonCrash(draft.location);
  values.server = server;
  values.serverArguments = { words: words.all.slice(argvIndex, words.count), holdsName: true };
  for (const flag of ['REUSE', 'NAMEINARGS', 'NOLIBWRAP']) values.flags.add(flag);
  for (const attribute of ['flags', 'server', 'server_args']) given.add(attribute);
  return null;
}

/** `user` or `user.group`, of which the group is looked up first; other separators are a part of the name. */
function readAccount(draft: Draft, word: string, context: Context): FieldFault | null {
  const dot = word.indexOf('.');
  const userName = dot === -1 ? word : word.slice(0, dot);
  const groupName = dot === -1 ? undefined : word.slice(dot + 1);
  if (groupName !== undefined) {
    const group = context.tables.group(groupName);
    if (group === undefined) return faulty('inetd-unknown-group', `Unknown group: ${groupName}`);
    draft.values.group = { name: groupName, id: group.gid };
    draft.given.add('group');
  }
  const user = context.tables.user(userName);
  if (user === undefined) return faulty('inetd-unknown-user', `Unknown user: ${userName}`);
  draft.values.user = { name: userName, id: user.uid, gid: user.gid };
  return null;
}

function readInternal(draft: Draft, name: string): FieldFault | null {
  if (name.toLowerCase() === 'discard') {
    return { severity: 'WARNING', code: 'inetd-discard', message: 'service discard not supported' };
  }
  draft.values.types.add('INTERNAL');
  draft.given.add('type');
  draft.lacksId = !renamed.has(name.toLowerCase());
  if (!draft.lacksId) draft.values.id = `${name}-dgram`;
  return null;
}
