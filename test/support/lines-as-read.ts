/*
 * What daemons make of each line, written down once more without the grammar, so that a formatter can be held to it: a
 * file whose lines all read as before means what it meant, whatever state the reader is in.
 */

const sections = new Set(['service', 'defaults', 'include', 'includedir']);

/** Lines of xinetd.conf as the daemon reads them at the top level and inside of an entry; comments left out. */
export function xinetdLinesAsRead(text: string): readonly string[] {
  const lines: string[] = [];
  for (const physical of text.split('\n')) {
    const [line = ''] = physical.split('\0');
    const inner = line.replace(/^[ \t\v\f\r]+/, '');
    if (inner === '' || inner.startsWith('#')) continue;
    if (/^[{}][ \t\v\f\r]*$/.test(inner)) lines.push(`only ${inner[0]}`);
    else lines.push(JSON.stringify({ section: readSection(line), attribute: readAttribute(inner) }));
  }
  return lines;
}

/** Keyword and first word behind it; all else does not count there. Only blanks and tabs may stand in front. */
function readSection(line: string): readonly string[] {
  const [keyword = '', name = ''] = words(line);
  return sections.has(keyword.toLowerCase()) ? [keyword, name] : [];
}

function readAttribute(inner: string): readonly string[] {
  const [, name = '', space = '', rest = ''] = /^([^ \t\v\f\r=]*)([ \t\v\f\r]*)(.*)$/s.exec(inner) ?? [];
  const operator = /^[+-]?=/.exec(rest)?.[0];
  if (space === '' || operator === undefined) return ['fault', ...words(inner)];
  return [name, operator, ...words(rest.slice(operator.length))];
}

function words(text: string): readonly string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}

/** Comment lines of xinetd.conf without the blanks around them. */
export function xinetdComments(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^[ \t\v\f\r]+|[ \t\r]+$/g, ''))
    .filter((line) => line.startsWith('#'));
}

/**
 * Lines of inetd.conf as far as all its dialects agree on what counts: whether they are indented, their words, what
 * stands within quotes; whether an empty line or a comment parts an indented line from those above it, and whether a
 * backslash at the end of the line above takes in this one.
 */
export function inetdLinesAsRead(text: string): readonly string[] {
  const lines: string[] = [];
  let isParted = true;
  let isJoined = false;
  for (const line of text.split('\n')) {
    const isIndented = /^[ \t]/.test(line);
    if (line.startsWith('#')) lines.push(JSON.stringify({ isJoined, line }));
    else if (/[^ \t\r]/.test(line)) {
      const quoted = line.match(/"[^"]*"|'[^']*'/g) ?? [];
      const reading = { isIndented, isParted: isIndented && isParted, isJoined, words: words(line), quoted };
      lines.push(JSON.stringify(reading));
    }
    if (line.startsWith('#') || line === '' || line === '\r') isParted = true;
    else if (/[^ \t\r]/.test(line)) isParted = false;
    isJoined = /\\\r?$/.test(line);
  }
  return lines;
}
