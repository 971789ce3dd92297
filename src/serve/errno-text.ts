import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** What libuv has no text for, as it never sees it: failures of exec(2). */
const otherTexts: Readonly<Record<string, string>> = {
  ENOEXEC: 'Exec format error',
  ELIBBAD: 'Accessing a corrupted shared library',
};

const known = [...getSystemErrorMap()];
const texts = new Map(known.map(([, nameAndText]) => nameAndText));
/** Each of the two knows some that the other does not: ESOCKTNOSUPPORT, EDQUOT. */
const numbers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(known.map(([number, [name]]) => [name, -number])),
  ...constants.errno,
};
const names = new Map(Object.entries(numbers).map(([name, number]) => [`E${number}`, name]));

/** `Address already in use (errno = 98)`, the way xinetd prints the reason of a failed call. */
export function errnoText(code: string): string {
  // The addon calls errors by their number when libuv has no name for them.
  const name = names.get(code) ?? code;
  const text = otherTexts[name] ?? texts.get(name);
  const number = numbers[name];
  if (text === undefined || number === undefined) return name;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} (errno = ${number})`;
}
