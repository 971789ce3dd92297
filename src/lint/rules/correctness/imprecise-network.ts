import type { Word } from '../../../ast/nodes.ts';
import { formatIpv4, parseDottedQuad, wildcardPrefix } from '../../../model/addresses/ipv4.ts';
import { formatIpv6, ipv6Mask, parseIpv6 } from '../../../model/addresses/ipv6.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress, rewrite } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/imprecise-network',
    summary: 'A network that only its zeros show, and a network with bits of a host',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Trailing zero octets are wildcards: `only_from = 127.0.0.0` admits all of 127/8, and 0.0.0.0 is everybody. A host whose address ends in .0 can be listed as /32 only.',
    references: ['numeric_addr in addr.c'],
    examples: { bad: 'only_from = 10.0.0.0', good: 'only_from = 10.0.0.0/8' },
  },
  check: ({ report }) =>
    eachAddress((word) => {
      const [address = '', bits] = word.text.split('/');
      const value = parseDottedQuad(address);
      const finding =
        value === undefined
          ? hostBits(word, exactNetworkSix(address, bits))
          : bits === undefined
            ? bareZeros(word, value)
            : hostBits(word, exactNetwork(value, bits));
      if (finding !== undefined) report(finding);
    }),
});

function bareZeros(word: Word, value: number): Finding | undefined {
  const prefix = wildcardPrefix(value);
  if (prefix === 32) return undefined;
  const network = `${word.text}/${prefix}`;
  return {
    at: word,
    message: `${quote(word.text)} means ${prefix === 0 ? 'everybody' : `the network ${network}`}; write the mask out`,
    fix: rewrite(word, network),
  };
}

function hostBits(word: Word, network: string | undefined): Finding | undefined {
  if (network === undefined) return undefined;
  return {
    at: word,
    message: `${quote(word.text)} has bits of a host; the network is ${quote(network)}`,
    fix: rewrite(word, network),
  };
}

/** The network of an address; undefined where it is one already, or cannot be read. */
function exactNetwork(value: number, bits: string): string | undefined {
  if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  const network = Math.floor(value / size) * size;
  return network === value ? undefined : `${formatIpv4(network)}/${bits}`;
}

/** A mask of all bits makes no network, but something that matches nobody: another rule's matter. */
function exactNetworkSix(address: string, bits: string | undefined): string | undefined {
  const bytes = parseIpv6(address);
  if (bytes === undefined || bits === undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > 127)
    return undefined;
  const mask = ipv6Mask(Number(bits));
  const network = bytes.map((byte, index) => byte & (mask[index] ?? 0));
  return network.every((byte, index) => byte === bytes[index]) ? undefined : `${formatIpv6(network)}/${bits}`;
}
