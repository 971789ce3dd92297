import type { Attribute, Word } from '../ast/nodes.ts';
import { findAttribute } from '../catalog/catalogue.ts';
import {
  findKeyword,
  type Keyword,
  logTypes,
  retiredLogOptions,
  successLogOptions,
  syslogFacilities,
  syslogLevels,
} from '../catalog/keywords.ts';
import type { ModelDiagnostic } from '../model/service.ts';
import { closestWord } from '../text/closest-word.ts';
import type { ProposedFix } from './rule.ts';
import { didYouMean, list, quote } from './wording.ts';

/** What to write instead of a value that the daemon cannot read. */
export interface ValueAdvice {
  readonly message: string;
  readonly fix?: ProposedFix;
}

const affirmations: ReadonlySet<string> = new Set(['true', 'on', '1', 'y', 'enable', 'enabled']);
const denials: ReadonlySet<string> = new Set(['false', 'off', '0', 'n', 'disable', 'disabled']);

/** Advice on the word that a message is about: keywords that are near it, forms that are allowed. */
export function adviseOnValue(message: ModelDiagnostic, attribute: Attribute): ValueAdvice {
  const word = wordAt(message, attribute);
  const known = findAttribute(attribute.key);
  if (word === undefined || known === undefined) return { message: logged(message) };
  if (word.text.includes(',') && known.count.max > 2) {
    return {
      message: `items of '${known.name}' are separated by blanks, not by commas: ${quote(word.text)}`,
    };
  }
  switch (known.value.kind) {
    case 'keyword':
      return adviseOnKeyword(word, known.name, known.value.keywords);
    case 'keywords':
      return adviseOnListKeyword(word, known.name, known.value.keywords, attribute);
    case 'log-type':
      return { message: logTypeMessage(message, word) };
    case 'integer':
    case 'decimal':
    case 'octal':
    case 'size':
      return adviseOnNumber(word, known.name, known.value);
    case 'user':
    case 'group':
      return /^[0-9]+$/.test(word.text)
        ? { message: `${quote(word.text)} is too large for the number of a ${known.name}` }
        : { message: `${quote(word.text)}: ${logged(message)}` };
    default:
      return { message: `${quote(word.text)}: ${logged(message)}` };
  }
}

/** The word that a message points at; the first value where it points at the line. */
export function wordAt({ location }: ModelDiagnostic, attribute: Attribute): Word | undefined {
  return (
    attribute.values.find(
      (value) => value.start === location?.range.start && value.end === location.range.end,
    ) ?? attribute.values[0]
  );
}

function adviseOnKeyword(word: Word, name: string, keywords: readonly Keyword[]): ValueAdvice {
  const text = word.text.toLowerCase();
  const isBoolean = keywords.some((keyword) => keyword.name === 'yes');
  const meant =
    isBoolean && affirmations.has(text)
      ? 'yes'
      : isBoolean && denials.has(text)
        ? 'no'
        : nearest(text, keywords);
  const choices = list(
    keywords.map((keyword) => `'${keyword.name}'`),
    'or',
  );
  const replacement = isBoolean && (affirmations.has(text) || denials.has(text)) ? meant : undefined;
  return {
    message: `'${name}' cannot be ${quote(word.text)}, only ${choices}${isBoolean && meant !== undefined ? `; write '${meant}'` : didYouMean(meant)}`,
    ...(replacement === undefined ? {} : { fix: replace(word, replacement) }),
  };
}

function adviseOnListKeyword(
  word: Word,
  name: string,
  keywords: readonly Keyword[],
  attribute: Attribute,
): ValueAdvice {
  const text = word.text.toLowerCase();
  if (name.startsWith('log_on_') && findKeyword(retiredLogOptions, word.text) !== undefined) {
    const fix = attribute.values.length > 1 ? { fix: removeWord(word, attribute) } : {};
    return { message: `${quote(word.text)} was removed from '${name}' long ago; leave it out`, ...fix };
  }
  if (name === 'log_on_failure' && findKeyword(successLogOptions, word.text) !== undefined) {
    return { message: `${quote(word.text)} is an option of 'log_on_success', '${name}' does not have it` };
  }
  if (name === 'flags' && /^disabled?$/.test(text)) {
    return { message: `'${name}' has no ${quote(word.text)}; write 'disable = yes'` };
  }
  return { message: `'${name}' has no ${quote(word.text)}${didYouMean(nearest(text, keywords))}` };
}

function logTypeMessage(message: ModelDiagnostic, word: Word): string {
  const keywords =
    message.code === 'unknown-facility'
      ? syslogFacilities
      : message.code === 'unknown-level'
        ? syslogLevels
        : logTypes;
  const what =
    message.code === 'unknown-facility'
      ? 'syslog facility that the daemon knows'
      : message.code === 'unknown-level'
        ? 'syslog level'
        : 'kind of log';
  return `${quote(word.text)} is no ${what}${didYouMean(nearest(word.text.toLowerCase(), keywords))}`;
}

function adviseOnNumber(
  word: Word,
  name: string,
  value: Extract<ReturnType<typeof findAttribute>, object>['value'],
): ValueAdvice {
  const words = value.kind === 'integer' || value.kind === 'size' ? value.words.map((each) => each.name) : [];
  const text = word.text.toLowerCase();
  const meant = closestWord(
    text,
    words.map((each) => each.toLowerCase()),
  )?.toUpperCase();
  const giga = value.kind === 'size' ? /^([0-9]{1,6})(?:G|GB|GiB)$/i.exec(word.text)?.[1] : undefined;
  if (giga !== undefined) {
    const megabytes = `${Number(giga) * 1024}M`;
    return {
      message: `sizes take 'K' and 'M' only: ${quote(word.text)} is '${megabytes}'`,
      fix: replace(word, megabytes),
    };
  }
  if (name === 'port' && /^[a-z]/i.test(word.text)) {
    return { message: `'port' takes a number, not the name ${quote(word.text)}` };
  }
  return {
    message: `'${name}' cannot be ${quote(word.text)}: it takes ${numberForm(value, words)}${didYouMean(meant)}`,
  };
}

function numberForm(
  value: Extract<ReturnType<typeof findAttribute>, object>['value'],
  words: readonly string[],
): string {
  const or = words.length === 0 ? '' : ` or ${list(words, 'or')}`;
  switch (value.kind) {
    case 'integer':
      return `a whole number${bounds(value.min, value.max)}${or}`;
    case 'size':
      return `a number of bytes, with 'K' or 'M' or without${or}`;
    case 'octal':
      return `an octal number up to ${value.max.toString(8)}`;
    default:
      return 'a number above 0';
  }
}

/** Limits of the machine say nothing to people. */
function bounds(min: number, max: number): string {
  const upper = max >= 2 ** 31 - 1 ? '' : ` to ${max}`;
  if (min <= -(2 ** 31)) return '';
  return upper === '' ? ` of ${min} or more` : ` from ${min}${upper}`;
}

function nearest(text: string, keywords: readonly Keyword[]): string | undefined {
  const byLower = new Map(keywords.map(({ name }) => [name.toLowerCase(), name]));
  const found = closestWord(text, byLower.keys());
  return found === undefined ? undefined : byLower.get(found);
}

function replace(word: Word, text: string): ProposedFix {
  return {
    description: `Write '${text}'`,
    edits: [{ start: word.start, end: word.end, text }],
  };
}

function removeWord(word: Word, attribute: Attribute): ProposedFix {
  const index = attribute.values.indexOf(word);
  const before = attribute.values[index - 1]?.end;
  const behind = attribute.values[index + 1]?.start;
  return {
    description: `Remove ${quote(word.text)}`,
    edits: [
      { start: before ?? word.start, end: before === undefined ? (behind ?? word.end) : word.end, text: '' },
    ],
  };
}

/** The daemon's own words, of which some end in a line end. */
function logged(message: ModelDiagnostic): string {
  return `the daemon logs "${message.message.trim()}"`;
}
