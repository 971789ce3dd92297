/*
 * The lines of the databases below /etc as the C library reads them (the service `files` of nsswitch.conf). White space is
 * that of C: vertical tabs and form feeds are, what Unicode has besides is not. A NUL byte ends a line.
 */

/** Lines without the white space in front of them; empty ones and those that begin with `#` are none. */
export function accountLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const begun = line.replace(/\0.*/s, '').replace(/^[ \t\v\f\r]+/, '');
    return begun === '' || begun.startsWith('#') ? [] : [begun];
  });
}

/** The words of each line: `#` begins a comment anywhere, white space separates. */
export function tableLines(text: string): readonly (readonly string[])[] {
  return accountLines(text).map((line) =>
    line
      .replace(/#.*/s, '')
      .split(/[ \t\v\f\r]+/)
      .filter((word) => word !== ''),
  );
}
