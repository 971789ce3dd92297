import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Word } from '../../ast/nodes.ts';
import { decimal, type FieldSink, meaning, piece } from './field-sink.ts';

/** Largest number in FreeBSD's `/max-child/...`. */
const maxChildLimit = 32767;
/** Rates are C ints everywhere. */
const maxRate = 2 ** 31 - 1;

/** Whether a word can stand in the wait field of some dialect: what tells an entry from prose. */
export function startsAsWaitWord(text: string): boolean {
  return /^(?:no|s)?wait/.test(text);
}

/** Fourth field: `wait` or `nowait`, with the limits that a dialect hangs on it. */
export function readWaitWord(sink: FieldSink, word: Word): void {
  const { rules } = sink;
  if (rules.waitByPrefix) {
    readPrefixedWait(sink, word);
    return;
  }
  const suffixAt = word.text.search(rules.waitSuffix);
  const base = suffixAt === -1 ? word : piece(word, 0, suffixAt);
  const suffix = suffixAt === -1 ? null : piece(word, suffixAt);
  if (rules.rareForms && word.text === 'wait/lc') {
    sink.add('wait', meaning(piece(word, 0, 4), 'yes'));
    sink.add('wait_mode', word);
    return;
  }
  if (!readWaitBase(sink, base, word) || suffix === null) return;
  if (suffix.text.startsWith('/')) readChildLimits(sink, suffix);
  else readRate(sink, piece(suffix, 1));
}

function readWaitBase(sink: FieldSink, base: Word, word: Word): boolean {
  const { rules } = sink;
  if (base.text === 'wait' || base.text === 'nowait') {
    sink.add('wait', meaning(base, base.text === 'wait' ? 'yes' : 'no'));
  } else if (base.text === 'swait' && rules.rareForms) {
    sink.add('wait', meaning(base, 'yes'));
    sink.add('wait_mode', base);
  } else if (rules.badWait === 'nowait') {
    sink.add('wait', meaning(base, 'no'));
    sink.report('bad-wait', base, `'${base.text}' is read as nowait`, 'warning');
  } else {
    sink.report('bad-wait', word, `'${word.text}' is neither wait nor nowait`);
    return false;
  }
  return true;
}

/** FreeBSD compares the beginning only, and knows no number but that behind `/`. */
function readPrefixedWait(sink: FieldSink, word: Word): void {
  const [base] = /^(?:no)?wait/.exec(word.text) ?? [];
  if (base === undefined) {
    sink.report('bad-wait', word, `'${word.text}' begins neither with wait nor with nowait`);
    return;
  }
  sink.add('wait', meaning(piece(word, 0, base.length), base === 'wait' ? 'yes' : 'no'));
  const slash = word.text.indexOf('/');
  if (slash !== -1) readChildLimits(sink, piece(word, slash));
}

function readRate(sink: FieldSink, rate: Word): void {
  const { badRate } = sink.rules;
  const digits = numberEnd(rate.text, 0);
  const number = badRate === 'leading-number' && digits > 0 ? piece(rate, 0, digits) : rate;
  const value = decimal(number.text, maxRate);
  if (value !== null) sink.add('max_per_minute', number);
  if (value === null || number !== rate) {
    const severity = badRate === 'error' ? 'error' : 'warning';
    sink.report('bad-rate', rate, `'${rate.text}' is no number of starts in a minute`, severity);
  } else if (value === 0) {
    sink.report('bad-rate', rate, 'daemons disagree on a rate of 0', 'warning');
  }
}

const childLimitKeys: readonly InetdKey[] = [
  'max_child',
  'max_connections_per_ip_per_minute',
  'max_child_per_ip',
];

/** `/max-child[/max-connections-per-ip-per-minute[/max-child-per-ip]]`. */
function readChildLimits(sink: FieldSink, suffix: Word): void {
  let at = 0;
  for (const key of childLimitKeys) {
    const number = piece(suffix, at + 1, numberEnd(suffix.text, at + 1));
    if (decimal(number.text, maxChildLimit) === null) {
      sink.report('bad-max-child', suffix, `'${suffix.text.slice(at)}' is no number up to ${maxChildLimit}`);
      return;
    }
    sink.add(key, number);
    at += 1 + number.text.length;
    if (suffix.text[at] !== '/') break;
  }
  // FreeBSD stops at the first character that is no digit and ignores the rest.
  if (at < suffix.text.length && !sink.rules.waitByPrefix) {
    sink.report('bad-max-child', suffix, `'${suffix.text.slice(at)}' stands behind the limits`);
  }
}

function numberEnd(text: string, from: number): number {
  let end = from;
  while (/[0-9]/.test(text.charAt(end))) end += 1;
  return end;
}
