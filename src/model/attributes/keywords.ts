import {
  findKeyword,
  type Keyword,
  retiredLogOptions,
  serviceFlags,
  serviceTypes,
} from '../../catalog/keywords.ts';
import type { SocketType } from '../service.ts';
import { type Assignment, onlyWord, reject, remark, type ValueReader } from './assignment.ts';

/** `yes` or `no`; anything else is answered with the given message. */
function yesOrNo(assignment: Assignment, message: (word: string) => string): boolean | undefined {
  const word = onlyWord(assignment);
  const text = word.text.toLowerCase();
  if (text === 'yes') return true;
  if (text === 'no') return false;
  reject(assignment, `bad-value-${assignment.attribute.name}`, message(word.text), word);
  return undefined;
}

function booleanReader(field: 'wait' | 'groups' | 'v6only'): ValueReader {
  return (assignment) => {
    const value = yesOrNo(assignment, (word) => `Bad value for ${field}: ${word}`);
    if (value === undefined) return false;
    assignment.draft.values[field] = value;
    return true;
  };
}

export const readWait = booleanReader('wait');
export const readGroups = booleanReader('groups');
export const readV6only = booleanReader('v6only');

/** In the daemon the bit is the one that attribute errors set, so `disable = no` forgives them. */
export const readDisable: ValueReader = (assignment) => {
  const { draft, context } = assignment;
  const value = yesOrNo(assignment, (word) => `Bad value: ${word}`);
  if (value === undefined) return false;
  draft.switchedOff = value ? { by: 'disable = yes', location: assignment.line.place.location } : null;
  if (context.quirks.has('shared-disable-bit')) draft.isDisabled = value;
  return true;
};

export const readSocketType: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const found =
    assignment.attribute.value.kind === 'keyword'
      ? findKeyword(assignment.attribute.value.keywords, word.text)
      : undefined;
  if (found === undefined)
    return reject(assignment, 'bad-socket-type', `Bad socket type: ${word.text}`, word);
  assignment.draft.values.socketType = found.name as SocketType;
  return true;
};

/** Adds the keywords of the line to a set; those in front of a bad one stay. */
function readInto(
  assignment: Assignment,
  find: (text: string) => Keyword | undefined,
  what: string,
  take: (name: string) => void,
): boolean {
  for (const word of assignment.line.values) {
    const found = find(word.text);
    if (found === undefined) {
      const code = `bad-${what.replaceAll(/[ _]/g, '-')}`;
      return reject(assignment, code, `Bad ${what}: ${word.text}`, word, 'WARNING');
    }
    take(found.name);
  }
  return true;
}

const findServiceType = (text: string) => findKeyword(serviceTypes, text);
const findServiceFlag = (text: string) => findKeyword(serviceFlags, text);

export const readType: ValueReader = (assignment) => {
  const { types } = assignment.draft.values;
  return readInto(assignment, findServiceType, 'service type', (name) => types.add(name));
};

export const readFlags: ValueReader = (assignment) => {
  const { flags } = assignment.draft.values;
  return readInto(assignment, findServiceFlag, 'service flag', (name) => flags.add(name));
};

/** `log_on_success` and `log_on_failure`: in a service `=` forgets the inherited options, in `defaults` it adds. */
function logOptionsReader(field: 'logOnSuccess' | 'logOnFailure'): ValueReader {
  return (assignment) => {
    const { draft, line, attribute, context } = assignment;
    const keywords = attribute.value.kind === 'keywords' ? attribute.value.keywords : [];
    const find = (text: string) =>
      findKeyword(keywords, text) ??
      (context.quirks.has('record-option-removed') ? undefined : findKeyword(retiredLogOptions, text));
    const replaces = line.operator === 'set' && draft.section === 'service';
    const options = new Set(replaces ? [] : draft.values[field]);
    draft.values[field] = options;
    return readInto(assignment, find, `${attribute.name} flag`, (name) => {
      if (findKeyword(retiredLogOptions, name) !== undefined) {
        remark(
          assignment,
          'WARNING',
          'retired-log-option',
          `${name} of ${attribute.name} no longer does anything`,
        );
      } else if (line.operator === 'remove') options.delete(name);
      else options.add(name);
    });
  };
}

export const readLogOnSuccess = logOptionsReader('logOnSuccess');
export const readLogOnFailure = logOptionsReader('logOnFailure');
