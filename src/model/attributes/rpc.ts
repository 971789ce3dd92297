import { parseStrictInteger, parseWrappedInt } from '../numbers.ts';
import { onlyWord, reject, type ValueReader } from './assignment.ts';

const maxInt = 2 ** 31 - 1;

export const readRpcNumber: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  const value = loose ? parseWrappedInt(word.text) : parseStrictInteger(word.text, 0, maxInt);
  if (value === undefined) return reject(assignment, 'bad-rpc-number', `Error parsing: ${word.text}`, word);
  assignment.draft.values.rpcNumber = value;
  return true;
};

/** `N` or `N-M`; the daemon's message shows the text up to the dash. */
export const readRpcVersion: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  const read = (text: string) => (loose ? parseWrappedInt(text) : parseStrictInteger(text, 0, maxInt));
  const dash = word.text.indexOf('-');
  const lowText = dash === -1 ? word.text : word.text.slice(0, dash);
  const low = read(lowText);
  const high = dash === -1 ? low : read(word.text.slice(dash + 1));
  if (low === undefined || high === undefined || low > high) {
    return reject(assignment, 'bad-rpc-version', `bad version range: ${lowText}`, word);
  }
  assignment.draft.values.rpcVersion = { low, high };
  return true;
};
