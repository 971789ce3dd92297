import type { Word } from '../../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad } from '../../../model/addresses/ipv4.ts';
import { parseScopedIpv6 } from '../../../model/addresses/scoped-ipv6.ts';
import { type AddressWord, readAddressWord } from '../../../model/addresses/word.ts';
import { allQuirks } from '../../../model/quirks.ts';
import { assumedInterfaces, isHostName } from '../../host.ts';
import { badValueEffect } from '../../line.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, isNumeric, rewrite } from './addresses.ts';

/** A range that takes more words than this is no readable replacement. */
const mostNetworks = 8;

export const rule = defineRule({
  meta: {
    name: 'correctness/unparsable-address',
    summary: 'A word of an access list that is no address, network or name',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-value',
    fixable: 'safe',
    facts: 'opt-in',
    explains: ['correctness/fatal-defaults-error'],
    since: '0.1.0',
    why: 'The daemon logs `failed to parse` and goes on: the list simply lacks the word. In `no_access` the host that was to be blocked gets in, in `only_from` everybody is refused. A range in braces costs the whole service.',
    references: ['addrlist_op in addr.c'],
    examples: {
      bad: 'no_access = 192.0.2.10-192.0.2.12',
      good: 'no_access = 192.0.2.{10,11,12}',
    },
  },
  check: ({ analysis: { host }, report }) =>
    eachAddress((word, _attribute, entry) => {
      const read = readAddressWord(word.text, host.tables, allQuirks);
      const finding = unparsable(word) ?? ('patterns' in read ? undefined : noForm(word.text));
      if (finding !== undefined) {
        report({ at: word, ...finding, ...('bad' in read ? { effect: badValueEffect(entry) } : {}) });
      } else if (isCutName(word.text, read)) {
        report({
          at: word,
          message: `of the name ${quote(word.text)} the daemon keeps the beginning alone`,
          effect: 'misreads',
          consequence: 'the name that is left is another one',
        });
      } else if ('unknown' in read && isHostName(word.text)) {
        report({
          at: word,
          message: host.hasFacts
            ? `no table of the machine has the host ${quote(word.text)}`
            : `the host ${quote(word.text)} can never be found`,
          severity: 'warning',
        });
      }
    }),
});

/** A name that is read as a shorter one. */
function isCutName(text: string, read: AddressWord): boolean {
  const [pattern] = 'patterns' in read ? read.patterns : [];
  return (pattern?.kind === 'host' || pattern?.kind === 'domain') && pattern.text.length < text.length;
}

function unparsable(word: Word): Omit<Finding, 'at'> | undefined {
  const { text } = word;
  const say = (what: string, fix?: ProposedFix) => ({
    message: `${quote(text)} ${what}`,
    ...(fix === undefined ? {} : { fix }),
  });
  if (/^(?:all|any|everyone|everybody|none|local|known|unknown|paranoid|except|world)$/i.test(text)) {
    return say("is no word of this language; everybody is '0.0.0.0/0 ::/0'");
  }
  if (text === '*') return say("is no pattern of this language; everybody is '0.0.0.0/0 ::/0'");
  const star = /^(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*)+)$/.exec(text);
  if (star !== null) {
    const octets = (star[1] ?? '').split('.');
    const network = `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
    return say(`is no pattern of this language; write '${network}'`, rewrite(word, network));
  }
  if (text.startsWith('!')) return say("cannot be negated; write it into 'no_access'");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return say('is a URL; write the address or the name of the host');
  if (text.includes('@')) return say('names a user; access is decided by host alone');
  const bracketed = /^\[([0-9a-f:.]+)\](?:\/(\d+))?$/i.exec(text);
  if (bracketed !== null) {
    const plain = `${bracketed[1]}${bracketed[2] === undefined ? '' : `/${bracketed[2]}`}`;
    return say(`has brackets; write '${plain}'`, rewrite(word, plain));
  }
  if (/^(?:[\d.]+|[a-z0-9.-]*[a-z][a-z0-9.-]*):\d+$/i.test(text))
    return say('holds a port; access is decided by host alone');
  if (/^[\d.]+-[\d.]+$/.test(text)) return range(word, say);
  if (text.includes('%') && parseScopedIpv6(text.replace(/\/.*/s, ''), assumedInterfaces) === undefined) {
    return say(
      "has something behind the '%' that is no number, or no interface that such an address can have",
    );
  }
  if (text.includes('{')) return braces(text, say);
  if (/^\.[\d.]+$/.test(text)) return say('is no address; it begins with a dot');
  if (/^[^/]+\/$/.test(text)) return say('lacks the prefix length behind the slash');
  if (/^\d+(?:\.\d+){4,}$/.test(text)) return say('has more than four numbers');
  return undefined;
}

/** What has none of the forms that there are, where no other rule says which number of it is wrong. */
function noForm(text: string): Omit<Finding, 'at'> | undefined {
  if (isNumeric(text) || isHostName(text)) return undefined;
  const [address = '', bits] = text.split('/');
  if (bits !== undefined && isHostName(address))
    return { message: `${quote(text)} has a prefix length behind a name; only addresses can have one` };
  if (text.includes(':')) return { message: `${quote(text)} is no IPv6 address` };
  return { message: `${quote(text)} is no address, network or name of a host` };
}

type Say = (what: string, fix?: ProposedFix) => Omit<Finding, 'at'>;

/** `A.B.{x,y}`: numbers without blanks, and nothing behind the closing brace. */
function braces(text: string, say: Say): Omit<Finding, 'at'> | undefined {
  const inside = /\{([^}]*)\}?(.*)$/.exec(text);
  if (inside === null) return undefined;
  if (!text.includes('}')) return say("has no closing '}'");
  if (inside[2] !== '') return say("has text behind the '}', which must end the word");
  if (/\d-\d/.test(inside[1] ?? '')) return say('has a range; write the numbers out, separated by commas');
  if (!/^\d+(?:,\d+)*$/.test(inside[1] ?? ''))
    return say('has something else than numbers between the braces');
  return /^(?:\d+\.){0,3}\{/.test(text)
    ? undefined
    : say('has something else than numbers in front of the braces');
}

function range(word: Word, say: Say): Omit<Finding, 'at'> {
  const [from = '', to = ''] = word.text.split('-');
  const first = parseDottedQuad(from);
  // `192.0.2.10-20` means the last number.
  const last = parseDottedQuad(/^\d+$/.test(to) ? from.replace(/\d+$/, to) : to);
  if (first === undefined || last === undefined || last < first)
    return say('is a range, which this language does not have');
  const text = spellOut(first, last);
  return text === undefined
    ? say('is a range, which this language does not have; write networks')
    : say(`is a range, which this language does not have; write '${text}'`, rewrite(word, text));
}

/** A few addresses of one network in braces, otherwise networks that cover the range exactly. */
function spellOut(first: number, last: number): string | undefined {
  const isOneNetwork = first >>> 8 === last >>> 8;
  if (isOneNetwork && last - first < mostNetworks) {
    const octets = Array.from({ length: last - first + 1 }, (_, index) => (first + index) & 0xff);
    return `${formatIpv4(first).replace(/\d+$/, '')}{${octets.join(',')}}`;
  }
  const networks: string[] = [];
  for (let at = first; at <= last; ) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 - 1 <= last) size *= 2;
    networks.push(`${formatIpv4(at)}/${32 - Math.log2(size)}`);
    if (networks.length > mostNetworks) return undefined;
    at += size;
  }
  return networks.join(' ');
}
