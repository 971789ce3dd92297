import type { DaemonMessage } from './case.ts';

const routine =
  /^\S+ started with .*compiled in\.$|^Started working:|^generated state dump in file|^Exiting\.\.\.$/;
const stamp = /^\d\d\/\d+\/\d+@\d\d:\d\d:\d\d /;

/** The lines of the program log about the configuration. Values and messages may hold line ends. */
export function parseLog(text: string): readonly DaemonMessage[] {
  const entries: string[] = [];
  for (const line of text.split('\n')) {
    if (stamp.test(line) || entries.length === 0) entries.push(line);
    else entries.push(`${entries.pop() ?? ''}\n${line}`);
  }
  return entries.flatMap((entry) => {
    const text = entry.endsWith('\n') ? entry.slice(0, -1) : entry;
    const match = /^\d\d\/\d+\/\d+@\d\d:\d\d:\d\d \S+?\[\d+\]: ([A-Z]+): (.*)$/s.exec(text);
    return match === null ? [] : messageOf(match[1] ?? '', match[2] ?? '');
  });
}

function messageOf(severity: string, text: string): readonly DaemonMessage[] {
  if (routine.test(text)) return [];
  const plain = severity === 'CRITICAL' ? text.replace(/^\d+ \{[^}]*\} /, '') : text;
  const placed = /^(.*) \[file=(.*)\] \[line=(\d+)\]$/s.exec(plain);
  if (placed !== null) {
    return [{ severity, message: placed[1] ?? '', file: placed[2] ?? '', line: Number(placed[3]) }];
  }
  return [{ severity, message: plain.replace(/^\(\d+\) Unexpected signal/, '(PID) Unexpected signal') }];
}

/** The services of a state dump. */
export function parseDump(text: string): readonly Record<string, unknown>[] {
  const lines = text.split('\n');
  const services: (Record<string, unknown> & { config: string[] })[] = [];
  for (const line of lines.slice(lines.indexOf('Service defaults') + 1)) {
    if (line.startsWith('Server table dump')) break;
    if (line.startsWith('Service = ')) {
      services.push({ name: line.slice('Service = '.length), port: null, flags: [], type: [], config: [] });
      continue;
    }
    const service = services.at(-1);
    const setting = line.replace(/^[\t ]+|[\t ]+$/g, '');
    if (service !== undefined && setting !== '') addSetting(service, setting);
  }
  return services;
}

const fields: readonly (readonly [string, RegExp])[] = [
  ['state', /^State = (.*)/s],
  ['id', /^id = (.*)/s],
  ['socket_type', /^socket_type = (.*)/],
  ['wait', /^wait = (.*)/],
  ['port', /^port = (\d+)/],
  ['protocol', /^Protocol \(name,number\) = \((.*),\d+\)/],
  ['flags', /^flags =(.*)/],
  ['type', /^type =(.*)/],
];
const runtime = /^(?:service fd|running servers|retry servers|attempts) = |^Service configuration:/;

function addSetting(service: Record<string, unknown> & { config: string[] }, setting: string): void {
  for (const [field, pattern] of fields) {
    const value = pattern.exec(setting)?.[1];
    if (value === undefined) continue;
    if (field === 'flags' || field === 'type')
      service[field] = value.split(' ').filter((word) => word !== '');
    else service[field] = field === 'port' ? Number(value) : value;
    return;
  }
  if (!runtime.test(setting)) service.config.push(setting);
}
