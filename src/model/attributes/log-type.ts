import type { Word } from '../../ast/nodes.ts';
import { findKeyword, syslogFacilities, syslogLevels } from '../../catalog/keywords.ts';
import type { LogDestination } from '../service.ts';
import { type Assignment, reject, type ValueReader } from './assignment.ts';
import { readSize } from './limits.ts';

export const readLogType: ValueReader = (assignment) => {
  const { draft, line, context } = assignment;
  const [kind, ...rest] = line.values;
  if (kind === undefined) return reject(assignment, 'no-value', 'wrong number of arguments');
  if (draft.section === 'defaults' && draft.values.logType !== null) {
    return reject(assignment, 'second-log-type', 'Cannot set more than one log_type attribute');
  }
  // The daemon takes any operator in `defaults` for `=`.
  if (line.operator !== 'set' && !context.quirks.has('operator-ignored')) {
    return reject(assignment, 'bad-operator', `only '=' can be used for log_type`);
  }
  const destination = readDestination(assignment, kind, rest);
  if (destination === undefined) return false;
  draft.values.logType = destination;
  return true;
};

function readDestination(
  assignment: Assignment,
  kind: Word,
  rest: readonly Word[],
): LogDestination | undefined {
  switch (kind.text.toLowerCase()) {
    case 'syslog':
      return readSyslog(assignment, rest);
    case 'file':
      return readFile(assignment, rest);
    default:
      reject(assignment, 'unknown-log-type', `Unknown log type: ${kind.text}`, kind);
      return undefined;
  }
}

function readSyslog(assignment: Assignment, words: readonly Word[]): LogDestination | undefined {
  const [facilityWord, levelWord] = words;
  if (facilityWord === undefined || words.length > 2) return wrongCount(assignment);
  const facility = findKeyword(syslogFacilities, facilityWord.text);
  if (facility === undefined) {
    reject(assignment, 'unknown-facility', `Unknown syslog facility: ${facilityWord.text}`, facilityWord);
    return undefined;
  }
  if (levelWord === undefined) return { kind: 'syslog', facility: facility.name, level: 'info' };
  const level = findKeyword(syslogLevels, levelWord.text);
  if (level === undefined) {
    reject(assignment, 'unknown-level', `Unknown syslog level: ${levelWord.text}`, levelWord);
    return undefined;
  }
  return { kind: 'syslog', facility: facility.name, level: level.name };
}

function readFile(assignment: Assignment, words: readonly Word[]): LogDestination | undefined {
  const [path, softWord, hardWord] = words;
  if (path === undefined || words.length > 3) return wrongCount(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  if (softWord === undefined) return { kind: 'file', path: path.text, soft: null, hard: null };
  const soft = logSize(softWord, loose);
  if (soft === undefined) {
    reject(assignment, 'bad-log-limit', 'soft limit is invalid', softWord);
    return undefined;
  }
  const hard = hardWord === undefined ? soft + headroom(soft) : logSize(hardWord, loose);
  if (hard === undefined) {
    reject(assignment, 'bad-log-limit', 'hard limit is invalid', hardWord);
    return undefined;
  }
  if (hard < soft) {
    reject(assignment, 'bad-log-limit', `hard limit (${hard}) is less than soft limit (${soft})`, hardWord);
    return undefined;
  }
  const kept = (size: bigint) => Number(loose ? BigInt.asUintN(32, size) : size);
  // A soft limit of 0 is none, whatever the hard one says.
  if (kept(soft) === 0) return { kind: 'file', path: path.text, soft: null, hard: null };
  return { kind: 'file', path: path.text, soft: kept(soft), hard: kept(hard) };
}

/** Without a hard limit: one percent more, at least 5 and at most 20 KiB. */
function headroom(soft: bigint): bigint {
  const percent = soft / 100n;
  return percent < 5120n ? 5120n : percent > 20480n ? 20480n : percent;
}

function logSize(word: Word, loose: boolean): bigint | undefined {
  const size = readSize(word, loose);
  return 'bytes' in size ? size.bytes : undefined;
}

function wrongCount(assignment: Assignment): undefined {
  reject(assignment, 'wrong-value-count', 'wrong number of arguments');
  return undefined;
}
