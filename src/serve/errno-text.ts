import { getSystemErrorMap } from 'node:util';

const textByName = new Map(
  [...getSystemErrorMap()].map(([number, [name, text]]) => [name, { number, text }]),
);

/** `Address already in use (errno = 98)`, the way xinetd prints the reason of a failed call. */
export function errnoText(code: string): string {
  const known = textByName.get(code);
  if (known === undefined) return code;
  const text = known.text.charAt(0).toUpperCase() + known.text.slice(1);
  return `${text} (errno = ${-known.number})`;
}
