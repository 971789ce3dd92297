import { unreadableNetwork } from '../host-tables.ts';

/*
 * Numbers of the databases below /etc. The C library reads them with strtoul: white space and a sign may stand in front, and
 * what does not fit 32 bits makes it pass over the line.
 */

const decimal = /^[ \t\v\f\r]*([+-]?)([0-9]+)/;
const ofAnyBase = /^[ \t\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/;

/** The number that a text begins with, and the rest of the text. */
export interface LeadingNumber {
  readonly value: number;
  readonly rest: string;
}

/** `any` base: octal behind a zero, hexadecimal behind `0x`. */
export function leadingNumber(text: string, base: 'decimal' | 'any'): LeadingNumber | undefined {
  const match = (base === 'any' ? ofAnyBase : decimal).exec(text);
  const [all = '', sign, digits] = match ?? [];
  if (digits === undefined) return undefined;
  const magnitude = BigInt(base === 'any' ? digits.replace(/^0(?=[0-7])/, '0o') : digits);
  if (magnitude !== BigInt.asUintN(64, magnitude)) return undefined;
  const value = BigInt.asUintN(64, sign === '-' ? -magnitude : magnitude);
  return value >= 2n ** 32n ? undefined : { value: Number(value), rest: text.slice(all.length) };
}

/** A decimal number with nothing behind it. */
export function wholeNumber(text: string | undefined): number | undefined {
  const number = leadingNumber(text ?? '', 'decimal');
  return number?.rest === '' ? number.value : undefined;
}

/**
 * As inet_network: each part decimal, octal (leading 0) or hexadecimal (leading `0x`, or `x` alone). Parts that are not
 * there are zeros on the right.
 */
export function networkNumber(text: string): number {
  const parts = text.split('.');
  while (parts.length < 4) parts.push('0');
  if (parts.length > 4) return unreadableNetwork;
  let value = 0;
  for (const part of parts) {
    const octet = octetOf(part);
    if (octet === undefined || octet > 255) return unreadableNetwork;
    value = value * 256 + octet;
  }
  return value;
}

/** Cut to 32 bits before anybody looks at its size. */
function octetOf(part: string): number | undefined {
  const [, hexadecimal, octal, plain] = /^(?:0?[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))$/.exec(part) ?? [];
  const digits = hexadecimal !== undefined ? `0x${hexadecimal}` : octal !== undefined ? `0o${octal}` : plain;
  return digits === undefined ? undefined : Number(BigInt.asUintN(32, BigInt(digits)));
}
