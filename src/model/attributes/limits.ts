import type { Word } from '../../ast/nodes.ts';
import {
  exactNumber,
  parseStrictInteger,
  parseUnsignedLong,
  parseWrappedInt,
  parseWrappedOctal,
  parseWrappedUnsigned,
} from '../numbers.ts';
import type { ResourceLimit } from '../service.ts';
import { type Assignment, onlyWord, reject, type ValueReader, wordAt } from './assignment.ts';

const maxInt = 2 ** 31 - 1;

/** A signed number of 32 bits: with the quirk as the daemon cuts it, otherwise exact and within bounds. */
function readInt(assignment: Assignment, word: Word, min: number, max: number): number | undefined {
  if (!assignment.context.quirks.has('loose-numbers')) return parseStrictInteger(word.text, min, max);
  const value = parseWrappedInt(word.text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function isUnlimited(word: Word): boolean {
  return word.text.toLowerCase() === 'unlimited';
}

function countReader(field: 'instances' | 'perSource', what: string): ValueReader {
  return (assignment) => {
    const word = onlyWord(assignment);
    const value = isUnlimited(word) ? 'unlimited' : readInt(assignment, word, 0, maxInt);
    if (value === undefined) {
      return reject(
        assignment,
        `bad-${assignment.attribute.name}`,
        `Number of ${what} is invalid: ${word.text}`,
        word,
      );
    }
    assignment.draft.values[field] = value;
    return true;
  };
}

export const readInstances = countReader('instances', 'instances');
export const readPerSource = countReader('perSource', 'per source instances');

export const readCps: ValueReader = (assignment) => {
  const loose = assignment.context.quirks.has('loose-numbers');
  const read = (word: Word) =>
    loose ? parseWrappedUnsigned(word.text) : parseStrictInteger(word.text, 0, maxInt);
  const [rateWord, pauseWord] = [wordAt(assignment, 0), wordAt(assignment, 1)];
  const rate = read(rateWord);
  if (rate === undefined) return reject(assignment, 'bad-cps', 'cps argument not a number', rateWord);
  const pause = read(pauseWord);
  if (pause === undefined) return reject(assignment, 'bad-cps', 'cps time argument not a number', pauseWord);
  assignment.draft.values.cps = { rate, pause };
  return true;
};

/** What `sscanf("%lf")` takes from the start of a word; it stops at the first character that fits no number. */
const scannedNumber =
  /^[\v\f\r]*([+-]?)(?:(0x(?![^0-9a-f.]|$)[0-9a-f]*\.?[0-9a-f]*(?:p[+-]?[0-9]+)?)|(inf(?:inity|(?!i))|nan)|((?!0x)(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?))/i;

function scanNumber(text: string): number | undefined {
  const match = scannedNumber.exec(text);
  if (match === null) return undefined;
  const [, sign, hexadecimal, special, decimal] = match;
  if (special !== undefined) return special.toLowerCase() === 'nan' ? Number.NaN : Number(`${sign}Infinity`);
  const value = hexadecimal === undefined ? Number(decimal) : parseHexadecimal(hexadecimal);
  return sign === '-' ? -value : value;
}

/** `0x1.8p3`: digits, a point and a power of two. */
function parseHexadecimal(text: string): number {
  const [, whole = '', fraction = '', power = '0'] =
    /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?$/i.exec(text) ?? [];
  return Number.parseInt(`0${whole}${fraction}`, 16) * 2 ** (Number(power) - 4 * fraction.length);
}

export const readMaxLoad: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  const isStrict = /^[0-9]+(?:\.[0-9]+)?$/.test(word.text);
  const value = loose ? scanNumber(word.text) : isStrict ? Number(word.text) : undefined;
  if (value === undefined) return reject(assignment, 'bad-max-load', 'error reading max_load argument', word);
  if (value === 0) return reject(assignment, 'bad-max-load', 'error parsing max_load argument', word);
  assignment.draft.values.maxLoad = value;
  return true;
};

export const readNice: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const value = readInt(assignment, word, -maxInt - 1, maxInt);
  if (value === undefined) return reject(assignment, 'bad-nice', `Error parsing: ${word.text}`, word);
  assignment.draft.values.nice = value;
  return true;
};

/** The line end is part of the daemon's message. */
export const readUmask: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  const isStrict = /^[0-7]{1,4}$/.test(word.text);
  const value = loose || isStrict ? parseWrappedOctal(word.text) : undefined;
  if (value === undefined || value < 0 || value > 0o777)
    return reject(assignment, 'bad-umask', 'umask argument is invalid.\n', word);
  assignment.draft.values.umask = value;
  return true;
};

export const readDenyTime: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const named: Readonly<Record<string, number>> = { forever: -1, never: 0 };
  const min = assignment.context.quirks.has('loose-numbers') ? -maxInt - 1 : -1;
  const value = named[word.text.toLowerCase()] ?? readInt(assignment, word, min, maxInt);
  if (value === undefined) return reject(assignment, 'bad-deny-time', `Error parsing: ${word.text}`, word);
  assignment.draft.values.denyTime = value;
  return true;
};

const infinity = 2n ** 64n - 1n;

/** Bytes with a last letter `k` or `m`; `text` is what an error message shows, which is without the letter. */
export function readSize(word: Word, loose: boolean): { bytes: bigint } | { text: string } {
  const [, digits = '', unit] = /^(.*?)([kKmM])[\v\f\r]*$/s.exec(word.text) ?? [undefined, word.text];
  const count = loose ? parseUnsignedLong(digits) : toBigInt(parseStrictInteger(digits, 1, 2 ** 43));
  const factor = unit === undefined ? 1n : unit.toLowerCase() === 'm' ? 1024n * 1024n : 1024n;
  if (count === undefined || count * factor > infinity) return { text: digits };
  return { bytes: count * factor };
}

function toBigInt(value: number | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value);
}

/** 0 means "not set" to the daemon, the highest number "unlimited". */
function limitReader(resource: ResourceLimit, what: string, takesSuffix: boolean): ValueReader {
  return (assignment) => {
    const word = onlyWord(assignment);
    const loose = assignment.context.quirks.has('loose-numbers');
    const read = isUnlimited(word)
      ? { bytes: infinity }
      : takesSuffix
        ? readSize(word, loose)
        : readSeconds(word, loose);
    if ('text' in read) {
      return reject(assignment, `bad-rlimit-${resource}`, `${what} limit is invalid: ${read.text}`, word);
    }
    const { rlimits } = assignment.draft.values;
    if (read.bytes === infinity) rlimits[resource] = 'unlimited';
    else if (read.bytes === 0n) delete rlimits[resource];
    else rlimits[resource] = exactNumber(read.bytes);
    return true;
  };
}

function readSeconds(word: Word, loose: boolean): { bytes: bigint } | { text: string } {
  const value = loose ? parseUnsignedLong(word.text) : toBigInt(parseStrictInteger(word.text, 1, maxInt));
  return value === undefined ? { text: word.text } : { bytes: value };
}

export const readRlimitAs = limitReader('as', 'Address space', true);
export const readRlimitCpu = limitReader('cpu', 'CPU', false);
export const readRlimitData = limitReader('data', 'Data', true);
export const readRlimitRss = limitReader('rss', 'RSS', true);
export const readRlimitStack = limitReader('stack', 'Stack', true);
export const readRlimitFiles = limitReader('files', 'Max files', true);
