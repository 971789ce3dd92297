const blanks = '[ \\t]+';
/** Nothing that some dialect takes for more than a character. */
const field = '[^\\x00-\\x20\\x7F-\\uFFFF"\'#\\\\;=]+';

/**
 * The outline of a line that is an entry of its own in whatever dialect: service, four words without anything special in
 * them, an absolute path, arguments without quotes, and no line that continues it. What the words mean is not said here.
 * An address is short, so that a line with many colons is not tried at each of them.
 */
const outline = new RegExp(
  [
    '((?:#<off># )?(?:[\\w.:[\\]*-]{0,64}:)?)',
    '([A-Za-z_][\\w-]*|[1-9]\\d{0,4})',
    `(${blanks}(?:${field}${blanks}){4})`,
    '(/[\\w./-]+)',
    `((?:${blanks}[^\\s\\0"']+)*)[ \\t]*`,
    '(?:(\\r?)\\n(?![ \\t])|$)',
  ].join(''),
  'y',
);

/** Longer lines are looked at more closely: xinetd could cut what becomes of them. */
const longestLine = 2000;

const highestPort = 65535;

/** The parts of a line. */
export interface LineOutline {
  /** A switched-off mark and an address, as they are written. */
  readonly mark: string;
  readonly name: string;
  /** Whether the name is a port number. */
  readonly isNumber: boolean;
  /** What stands between name and server, blanks included. */
  readonly fields: string;
  readonly server: string;
  /** With one blank between them. */
  readonly args: string;
  readonly hasCarriageReturn: boolean;
  /** Where the next line begins. */
  readonly next: number;
}

/** The parts of the line that begins at `at`, where it has this outline. */
export function outlineAt(text: string, at: number): LineOutline | null {
  outline.lastIndex = at;
  const found = outline.exec(text);
  if (found === null) return null;
  const next = outline.lastIndex;
  const [, mark = '', name = '', fields = '', server = '', args = '', carriageReturn] = found;
  const isNumber = name.charCodeAt(0) <= 0x39;
  if (next - at > longestLine || (isNumber && Number(name) > highestPort)) return null;
  return {
    mark,
    name,
    isNumber,
    fields,
    server,
    args: evenlySpaced(args),
    hasCarriageReturn: carriageReturn === '\r',
    next,
  };
}

const uneven = /[ \t]{2}|\t/;

/** The words behind the first blanks, with one blank between them. */
function evenlySpaced(args: string): string {
  return uneven.test(args) ? args.trimStart().replaceAll(/[ \t]+/g, ' ') : args.slice(1);
}
