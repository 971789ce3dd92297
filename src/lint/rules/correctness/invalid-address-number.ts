import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { eachAddress } from './addresses.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/invalid-address-number',
    summary: 'A number in an address that is out of range, octal, or followed by other text',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'misreads',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Nothing is checked: /33 acts as /32, /-1 makes the daemon count down from four billion at start, /24x is /24, `{257}` carries over into the next octet and admits another address, 0177.0.0.1 is read as octal 127. IPv6 lengths above 128 write past a buffer.',
    references: ['numeric_addr, explicit_mask and xsetmask in addr.c'],
    examples: { bad: 'only_from = 10.0.0.{300}', good: 'only_from = 10.0.1.44' },
  },
  check: ({ report }) =>
    eachAddress((word) => {
      const finding = fault(word.text);
      if (finding !== undefined) report({ at: word, ...finding });
    }),
});

function fault(text: string): Omit<Finding, 'at'> | undefined {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const isSix = address.includes(':');
  if (!isSix && !/^[\d.{},]+$/.test(address)) return undefined;
  const prefix = slash === -1 ? undefined : prefixFault(text, text.slice(slash + 1), isSix ? 128 : 32);
  return prefix ?? (isSix ? undefined : octetFault(text, address));
}

function prefixFault(text: string, bits: string, most: number): Omit<Finding, 'at'> | undefined {
  // A dotted mask and an empty one are other rules' matters.
  if (bits === '' || /^\d+\.[\d.]+$/.test(bits)) return undefined;
  if (/^-\d/.test(bits)) {
    return {
      message: `${quote(text)}: a prefix length cannot be negative`,
      consequence: 'the daemon counts down from four billion at start',
    };
  }
  const digits = /^\+?(\d+)/.exec(bits)?.[1];
  if (digits === undefined) {
    return /^[-+]/.test(bits)
      ? { message: `${quote(text)} lacks the prefix length behind the slash`, effect: 'drops-value' }
      : undefined;
  }
  if (Number(digits) > most) {
    return {
      message: `${quote(text)}: a prefix has ${most} bits at most`,
      consequence: most === 32 ? 'the daemon takes it for /32' : 'the daemon writes past its buffer',
    };
  }
  return digits === bits
    ? undefined
    : {
        message: `${quote(text)}: ${quote(bits.replace(digits, ''))} does not belong to the prefix`,
        consequence: `the daemon takes it for /${digits}`,
      };
}

function octetFault(text: string, address: string): Omit<Finding, 'at'> | undefined {
  const octets = address.match(/\d+/g) ?? [];
  const large = octets.find((octet) => Number(octet) > 255);
  if (large !== undefined && address.includes('{')) {
    return {
      message: `${quote(text)}: ${large} is above 255`,
      consequence: 'the number carries over into the next one, and another address is meant',
    };
  }
  if (large !== undefined && octets.length === 4) {
    return { message: `${quote(text)}: ${large} is above 255`, effect: 'drops-value' };
  }
  const octal = address.includes('{') ? undefined : octets.find((octet) => /^0\d/.test(octet));
  return octal === undefined
    ? undefined
    : {
        message: `${quote(text)}: ${octal} with its leading zero is read as octal`,
        ...(/[89]/.test(octal)
          ? {
              effect: 'drops-value',
              consequence: 'an octal number has no such digit, and the word is left out',
            }
          : { consequence: `the daemon takes it for ${Number.parseInt(octal, 8)}` }),
      };
}
