/** Turns the fragments that rule documentation shows into whole configurations, in which nothing else is wrong. */

/** What an entry needs besides, with nothing for any rule to say about it. */
const besides: readonly (readonly [key: string, value: string])[] = [
  ['type', 'UNLISTED'],
  ['flags', 'IPv4'],
  ['socket_type', 'stream'],
  ['protocol', 'tcp'],
  ['port', '0'],
  ['wait', 'no'],
  ['user', 'nobody'],
  ['group', 'nogroup'],
  ['server', '/usr/libexec/web'],
  ['only_from', '192.0.2.0/24'],
  ['instances', '20'],
  ['per_source', '5'],
  ['passenv', 'PATH'],
  ['log_type', 'SYSLOG authpriv'],
  ['log_on_success', 'HOST PID'],
  ['log_on_failure', 'HOST'],
];

/** What an attribute makes superfluous, so that it is no fault of the example. */
const displaces: Readonly<Record<string, readonly string[]>> = {
  redirect: ['server'],
  tcpmux: ['port'],
  internal: ['server', 'port', 'user', 'group'],
  'wait = yes': ['per_source'],
};

/** A fragment of attribute lines becomes a service; `...` in an entry becomes the attributes that it lacks. */
export function completeExample(fragment: string): string {
  const hasSection = /^\S*\s*(?:service|defaults|include|includedir|services)\b/m.test(fragment);
  const body = /^\.\.\.$/m.test(fragment) ? indent(fragment) : `\t...\n${indent(fragment)}`;
  const text = hasSection ? fragment : `service web\n{\n${body}\n}`;
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(ending);
  const completed = lines.flatMap((line, index) => {
    if (line.trim() !== '...') return [line];
    const around = entryAround(lines, index);
    const given = keysOf(around);
    return besides
      .filter(([key]) => !given.has(key))
      .map(([key, value]) => `\t${key} = ${key === 'port' ? portOf(around) : value}`);
  });
  return completed.join(ending) + (text.endsWith(ending) ? '' : ending);
}

function indent(fragment: string): string {
  return fragment.replace(/^(?=\S)/gm, '\t');
}

/** The lines of the entry that a line stands in, its header first. */
function entryAround(lines: readonly string[], index: number): readonly string[] {
  const isHeader = (line: string) => /^\s*(?:service|defaults)\b/.test(line);
  const start = lines.slice(0, index).findLastIndex(isHeader);
  const length = lines.slice(index).findIndex((line) => isHeader(line) || /^\s*\}/.test(line));
  return lines.slice(Math.max(0, start), length === -1 ? undefined : index + length);
}

function keysOf(lines: readonly string[]): ReadonlySet<string> {
  const given = lines.flatMap((line) => /^\s*([a-z_0-9]+)\s*[+-]?=/i.exec(line)?.[1]?.toLowerCase() ?? []);
  const text = lines.join('\n').toLowerCase();
  const displaced = Object.entries(displaces).flatMap(([word, keys]) => (text.includes(word) ? keys : []));
  return new Set([...given, ...displaced]);
}

/** One port for each name, so that entries do not stand in each other's way. */
function portOf([header = '']: readonly string[]): number {
  return 8000 + ([...header].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 1000);
}
