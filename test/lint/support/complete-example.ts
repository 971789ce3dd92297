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

const firstPort = 8080;

/** A fragment of attribute lines becomes a service; `...` in an entry becomes the attributes that it lacks. */
export function completeExample(fragment: string): string {
  const hasSection = /^\S*\s*(?:service|defaults|include|includedir|services)\b/m.test(fragment);
  const body = /^\.\.\.$/m.test(fragment) ? indent(fragment) : `\t...\n${indent(fragment)}`;
  const text = hasSection ? fragment : `service web\n{\n${body}\n}`;
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(ending);
  let port = firstPort;
  const completed = lines.flatMap((line, index) => {
    if (line.trim() !== '...') return [line];
    const given = keysAround(lines, index);
    port += 1;
    return besides
      .filter(([key]) => !given.has(key))
      .map(([key, value]) => `\t${key} = ${key === 'port' ? port : value}`);
  });
  return completed.join(ending) + (text.endsWith(ending) ? '' : ending);
}

function indent(fragment: string): string {
  return fragment.replace(/^(?=\S)/gm, '\t');
}

/** The attributes of the entry that a line stands in. */
function keysAround(lines: readonly string[], index: number): ReadonlySet<string> {
  const isEdge = (line: string) => /^\s*[{}]|^\s*(?:service|defaults)\b/.test(line);
  const start = lines.slice(0, index).findLastIndex(isEdge) + 1;
  const length = lines.slice(index).findIndex(isEdge);
  const body = lines.slice(start, length === -1 ? undefined : index + length);
  return new Set(body.flatMap((line) => /^\s*([a-z_0-9]+)\s*[+-]?=/i.exec(line)?.[1]?.toLowerCase() ?? []));
}
