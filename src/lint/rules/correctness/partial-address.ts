import type { Attribute, Word } from '../../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad, parseInetAton } from '../../../model/addresses/ipv4.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, isNumeric, missedClients, rewrite } from './addresses.ts';

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
    facts: 'none',
    since: '0.1.0',
    why: '`192.168.`, the form of tcp_wrappers, is logged and left out of the list: in `no_access` it blocks nobody. `10.9` goes through the C library as the single address 10.0.0.9.',
    references: ['numeric_addr in addr.c; inet_aton(3)'],
    examples: { bad: 'only_from = 192.168.', good: 'only_from = 192.168.0.0/16' },
  },
  check: ({ report }) => {
    const ofList = eachAddress((word, attribute) => {
      const finding = partOfList(word, attribute);
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
