import type { Word } from '../../ast/nodes.ts';
import type { DialectRules } from './dialects.ts';
import { meaning, piece } from './field-sink.ts';

/**
 * The addresses of a prefix or default line. Each takes the comma or colon behind it into its range, so that no text is
 * lost between them: `127.0.0.1,[::1]:` gives `127.0.0.1,` and `[::1]:`.
 */
export function addressWords(prefix: Word, rules: DialectRules): readonly Word[] {
  const list = prefix.text.slice(0, -1);
  if (list === '') return [meaning(prefix, '*')];
  const names = rules.addressLists ? list.split(',') : [list];
  const removes =
    rules.brackets === 'removed' || (rules.brackets === 'removed-if-single' && names.length === 1);
  let at = 0;
  return names.map((name) => {
    const from = at;
    at += name.length + 1;
    const place = piece(prefix, from, Math.min(at, prefix.text.length));
    return meaning(place, removes ? name.replace(/^\[(.*)\]$/, '$1') : name);
  });
}

/**
 * Whether a word that stands alone with a colon at its end can be the addresses for the lines below it: `*`, addresses and
 * host names. Other files have words with colons as well: `root:*:20228:0:99999:7:::` is no address.
 */
export function isAddressLine(word: string): boolean {
  if (!word.endsWith(':')) return false;
  const list = word.slice(0, -1);
  return list === '' || list.split(',').every((each) => isAddressWord(each.replace(/^\[(.*)\]$/, '$1')));
}

/** `*`, a host name or IPv4 address, or what has the shape of an IPv6 address. */
function isAddressWord(text: string): boolean {
  if (text === '*' || /^[a-z0-9_](?:[a-z0-9_.-]*)$/i.test(text)) return true;
  const [address = ''] = text.split('%', 1);
  const groups = address.replace(/(?<=:)[0-9]+(?:\.[0-9]+){3}$/, '0').split(':');
  const gaps = address.split('::').length - 1;
  if (gaps === 1 ? groups.length > 9 : gaps > 1 || groups.length !== 8) return false;
  return groups.every((group) => /^[0-9a-f]{0,4}$/i.test(group));
}

/** 4 or 6 for a numeric address; null for a name and for `*`. What is cut at the last colon has one only if it is IPv6. */
export function numericVersion(address: string): '4' | '6' | null {
  if (address.includes(':')) return '6';
  return /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(address) ? '4' : null;
}
