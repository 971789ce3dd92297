import type { Attribute, Word } from '../../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad, parseInetAton } from '../../../model/addresses/ipv4.ts';
import { readAddressWord } from '../../../model/addresses/word.ts';
import type { HostTables } from '../../../model/host-tables.ts';
import { allQuirks, type QuirkSet } from '../../../model/quirks.ts';
import type { AddressPattern } from '../../../model/service.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, isNumeric, missedClients, rewrite } from './addresses.ts';

const noQuirks: QuirkSet = new Set();

/** One to three numbers, or any with a dot at the end. */
const partial = /^(\d{1,3}(?:\.\d{1,3}){0,2})(\.?)(?:\/(\d{1,2}))?$/;
const trailingDot = /^(\d{1,3}(?:\.\d{1,3}){3})\.$/;

export const rule = defineRule({
  meta: {
    name: 'correctness/partial-address',
    summary: 'An IPv4 address with fewer than four numbers, with a dot at the end, or in another spelling',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'safe or unsafe',
    facts: 'opt-in',
    since: '0.1.0',
    why: '`192.168.`, the form of tcp_wrappers, is logged and left out of the list: in `no_access` it blocks nobody. `10.9` goes through the C library as the single address 10.0.0.9.',
    references: ['numeric_addr in addr.c; inet_aton(3)'],
    examples: { bad: 'only_from = 192.168.', good: 'only_from = 192.168.0.0/16' },
  },
  check: ({ analysis, report }) => {
    const { hasFacts, tables } = analysis.host;
    const ofList = eachAddress((word, attribute) => {
      const finding =
        partOfList(word, attribute) ?? (hasFacts ? namedNetwork(word, attribute, tables) : undefined);
      if (finding !== undefined) report(finding);
    });
    return {
      ...ofList,
      Attribute: (attribute, entry) => {
        ofList.Attribute?.(attribute, entry);
        const word = entry.syntax === 'block' ? singleAddress(attribute) : undefined;
        const finding = word && otherSpelling(word);
        if (finding !== undefined) report({ severity: 'warning', ...finding });
      },
    };
  },
});

function partOfList(word: Word, attribute: Attribute): Finding | undefined {
  const whole = trailingDot.exec(word.text)?.[1];
  if (whole !== undefined) {
    return {
      at: word,
      message: `${quote(word.text)} ends in a dot; write '${whole}'`,
      effect: 'drops-value',
      fix: rewrite(word, whole),
    };
  }
  const [, numbers, dot, bits] = partial.exec(word.text) ?? [];
  // Of four numbers one is octal: which one, another rule says.
  if (numbers === undefined) return isNumeric(word.text) ? undefined : otherSpelling(word);
  const octets = numbers.split('.');
  const network = `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${bits ?? octets.length * 8}`;
  const address = parseInetAton(numbers);
  return {
    at: word,
    message: `${quote(word.text)} is no network; write '${network}'`,
    ...(dot === '.'
      ? { effect: 'drops-value' }
      : {
          consequence: `the daemon takes it for ${address === undefined ? 'something else' : formatIpv4(address)}${bits === undefined ? ' alone' : `/${bits}`}, so ${missedClients(attribute)}`,
        }),
    fix: rewrite(word, network),
  };
}

/** The resolver gives the whole number of a network, and the daemon expects it without the octets for hosts. */
function namedNetwork(word: Word, attribute: Attribute, tables: HostTables): Finding | undefined {
  if (tables.network(word.text) === undefined) return undefined;
  const [taken, meant] = [readNetwork(word, tables, allQuirks), readNetwork(word, tables, noQuirks)];
  if (taken === undefined || meant === undefined || taken.text === meant.text) return undefined;
  return {
    at: word,
    message: `${quote(word.text)} is the name of a network, which does not work here; write '${meant.text}'`,
    consequence: `the daemon takes it for ${taken.text}, so ${missedClients(attribute)}`,
    fix: rewrite(word, meant.text),
  };
}

function readNetwork(word: Word, tables: HostTables, quirks: QuirkSet): AddressPattern | undefined {
  const read = readAddressWord(word.text, tables, quirks);
  const pattern = 'patterns' in read ? read.patterns[0] : undefined;
  return pattern?.kind === 'host' ? undefined : pattern;
}

/** `0x7f000001`, `2130706433`, `127.1`: all that inet_aton takes besides four decimal numbers. */
function otherSpelling(word: Word): Finding | undefined {
  const value = parseInetAton(word.text);
  if (value === undefined || parseDottedQuad(word.text) !== undefined) return undefined;
  const address = formatIpv4(value);
  return {
    at: word,
    message: `${quote(word.text)} is another spelling of '${address}'; write that`,
    consequence: `the daemon takes it for ${address}`,
    fix: rewrite(word, address),
  };
}

/** The one address of `bind`, `interface` and `redirect`. */
function singleAddress({ key, values }: Attribute): Word | undefined {
  const count = key === 'redirect' ? 2 : 1;
  const isAddress = key === 'bind' || key === 'interface' || key === 'redirect';
  return isAddress && values.length === count ? values[0] : undefined;
}
