/**
 * Numbers as the daemon reads them: strtol and strtoull on the whole word, cut to the width of the variable afterwards
 * (reference 4.1). White space of C around the digits is accepted; blanks and tabs cannot occur in a word.
 */

const wholeNumber = /^[\v\f\r]*([+-]?[0-9]+)[\v\f\r]*$/;

/** No digits at all, but white space, is 0: in a CRLF file `instances =` has the value CR. */
const onlySpace = /^[\v\f\r]+$/;

/** A signed number of 64 bits; undefined when it is none or does not fit. */
export function parseLong(text: string): bigint | undefined {
  const digits = digitsOf(text);
  if (digits === undefined) return undefined;
  const value = toBigInt(digits);
  return value === BigInt.asIntN(64, value) ? value : undefined;
}

/** As `parseLong`, then cut to 32 bits without a check, as in `int n = strtol(...)`. */
export function parseWrappedInt(text: string): number | undefined {
  const value = parseLong(text);
  return value === undefined ? undefined : Number(BigInt.asIntN(32, value));
}

/** An unsigned number of 64 bits; a minus sign wraps around, as strtoull does. */
export function parseUnsignedLong(text: string): bigint | undefined {
  const digits = digitsOf(text);
  if (digits === undefined) return undefined;
  const value = toBigInt(digits);
  const magnitude = value < 0n ? -value : value;
  return magnitude === BigInt.asUintN(64, magnitude) ? BigInt.asUintN(64, value) : undefined;
}

/** As `parseUnsignedLong`, then cut to 32 bits. */
export function parseWrappedUnsigned(text: string): number | undefined {
  const value = parseUnsignedLong(text);
  return value === undefined ? undefined : Number(BigInt.asUintN(32, value));
}

/**
 * The number that a text begins with, as `int n = strtoul(...)` takes it: a minus sign wraps around, what is too long for
 * 64 bits is -1, and text behind the digits is passed over.
 */
export function parseLeadingInt(text: string): number | undefined {
  const digits = /^[\v\f\r]*([+-]?[0-9]+)/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  return Number(BigInt.asIntN(32, parseUnsignedLong(digits) ?? -1n));
}

/** A whole number within bounds, without signs of looseness: what the documentation means by a number. */
export function parseStrictInteger(text: string, min: number, max: number): number | undefined {
  if (!/^[+-]?[0-9]{1,15}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** A number that may have 64 bits, as a bigint only where it must be one. */
export function exactNumber(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** The octal number of `umask`, as `int n = strtol(...)` takes it. */
export function parseWrappedOctal(text: string): number | undefined {
  if (onlySpace.test(text)) return 0;
  const [, sign, digits] = /^[\v\f\r]*([+-]?)([0-7]+)[\v\f\r]*$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = BigInt(`0o${digits}`) * (sign === '-' ? -1n : 1n);
  return value === BigInt.asIntN(64, value) ? Number(BigInt.asIntN(32, value)) : undefined;
}

function digitsOf(text: string): string | undefined {
  return onlySpace.test(text) ? '0' : wholeNumber.exec(text)?.[1];
}

function toBigInt(digits: string): bigint {
  return digits.startsWith('+') ? BigInt(digits.slice(1)) : BigInt(digits);
}
