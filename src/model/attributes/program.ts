import { parseStrictInteger, parseUnsignedLong } from '../numbers.ts';
import { type Assignment, onlyWord, reject, type ValueReader } from './assignment.ts';

/**
 * A word of digits as a user or group number; undefined when it is not digits, null when it does not fit. The daemon
 * cuts to 32 bits.
 */
function accountNumber(assignment: Assignment, text: string): number | null | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  if (!assignment.context.quirks.has('loose-numbers')) {
    return parseStrictInteger(text, 0, 2 ** 32 - 2) ?? null;
  }
  const value = parseUnsignedLong(text);
  return value === undefined ? null : Number(BigInt.asUintN(32, value));
}

/** With a number there is no look-up, and the group gets the same number. */
export const readUser: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const { text } = word;
  const { tables } = assignment.context;
  const number = accountNumber(assignment, text);
  if (number === null) {
    return reject(assignment, 'bad-user-number', `Error parsing user as a number: ${text}`, word);
  }
  if (number !== undefined) {
    assignment.draft.values.user = { name: text, id: number, gid: number };
    return true;
  }
  const user = tables.user(text);
  if (user === undefined) return reject(assignment, 'unknown-user', `Unknown user: ${text}`, word);
  assignment.draft.values.user = { name: text, id: user.uid, gid: user.gid };
  return true;
};

export const readGroup: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const { text } = word;
  const number = accountNumber(assignment, text);
  if (number === null) {
    return reject(assignment, 'bad-group-number', `Error parsing group as a number: ${text}`, word);
  }
  const id = number ?? assignment.context.tables.group(text)?.gid;
  if (id === undefined) return reject(assignment, 'unknown-group', `Unknown group: ${text}`, word);
  assignment.draft.values.group = { name: text, id };
  return true;
};

export const readServer: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const { text } = word;
  const { context, draft } = assignment;
  if (!context.files.isExecutable(draft.location.source.fileName(text))) {
    return reject(assignment, 'server-not-executable', `Server ${text} is not executable`, word);
  }
  assignment.draft.values.server = text;
  return true;
};

/** The daemon looks at the flags seen so far; NAMEINARGS behind this line leaves argv[0] empty. */
export const readServerArgs: ValueReader = ({ line, draft }) => {
  draft.values.serverArguments = {
    words: line.values.map((word) => word.text),
    holdsName: draft.values.flags.has('NAMEINARGS'),
  };
  return true;
};

/** Any word is taken as it is. */
export function wordReader(field: 'id' | 'libwrap' | 'banner' | 'bannerSuccess' | 'bannerFail'): ValueReader {
  return (assignment) => {
    assignment.draft.values[field] = onlyWord(assignment).text;
    return true;
  };
}
