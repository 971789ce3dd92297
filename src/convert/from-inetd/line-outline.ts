const blanks = '[ \\t]+';
/** Nothing that some dialect takes for more than a character. */
const field = '[^\\x00-\\x20\\x7F-\\uFFFF"\'#\\\\;=]+';

/** A `#` may begin a comment. */
const argument = '[^\\s\\0"\'#]+';

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
    // Words with one blank between them, which need no work, or with any.
    `(?:[ \\t](${argument}(?: ${argument})*)|((?:${blanks}${argument})*))[ \\t]*`,
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
  // By index: taking an array apart goes through its iterator, a tenth of this function's time.
  const name = found[2] ?? '';
  const isNumber = name.charCodeAt(0) <= 0x39;
  if (next - at > longestLine || (isNumber && Number(name) > highestPort)) return null;
  return {
    mark: found[1] ?? '',
    name,
    isNumber,
    fields: found[3] ?? '',
    server: found[4] ?? '',
    args: found[5] ?? (found[6] ?? '').trimStart().replaceAll(/[ \t]+/g, ' '),
    hasCarriageReturn: found[7] === '\r',
    next,
  };
}
