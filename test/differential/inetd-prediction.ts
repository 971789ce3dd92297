import { readFileSync } from 'node:fs';
import type { LineEntry, TopLevel, Word } from '../../src/ast/nodes.ts';
import { EntryValues } from '../../src/grammar/inetd/entry-values.ts';
import type { InetdProblemCode } from '../../src/grammar/inetd/problems.ts';
import { rpcVersions } from '../../src/grammar/inetd/rpc-versions.ts';
import { type LoadedService, sentinelServer } from './inetd-daemon.ts';

/** An entry with the services that a daemon should make of it. */
export interface Prediction {
  readonly entry: LineEntry;
  readonly services: readonly LoadedService[];
}

/** What a daemon should load, from the way we read the file in its dialect. */
export function predict(
  nodes: readonly TopLevel[],
  servicesOf: (entry: ReadEntry) => readonly LoadedService[],
): readonly Prediction[] {
  const predictions: Prediction[] = [];
  let defaultHosts: readonly string[] = ['*'];
  for (const node of nodes) {
    if (node.type === 'Directive' && node.kind === 'default-bind') {
      defaultHosts = node.values.map((value) => value.text);
    }
    if (node.type !== 'Entry' || node.syntax !== 'line' || node.disabled !== null) continue;
    if (node.fields[5]?.text === sentinelServer) continue;
    predictions.push({ entry: node, services: servicesOf(readEntry(node, defaultHosts)) });
  }
  return predictions;
}

export interface ReadEntry {
  readonly values: EntryValues;
  readonly codes: ReadonlySet<string>;
  readonly name: string;
  readonly hosts: readonly string[];
  /** As it stands in the line, without buffer sizes. */
  readonly protocol: string;
}

function readEntry(entry: LineEntry, defaultHosts: readonly string[]): ReadEntry {
  const values = new EntryValues(entry);
  return {
    values,
    codes: new Set(entry.problems.map((problem) => problem.code)),
    name: entry.name?.text ?? '',
    hosts: values.texts('bind') ?? defaultHosts,
    protocol: protocolWord(entry)?.text ?? '',
  };
}

export function protocolWord({ fields }: LineEntry): Word | undefined {
  return fields[0]?.text.endsWith(':') ? fields[3] : fields[2];
}

function hasAny(codes: ReadonlySet<string>, ...some: InetdProblemCode[]): boolean {
  return some.some((code) => codes.has(code));
}

const builtins = ['echo', 'discard', 'chargen', 'daytime', 'time'];

/** Debian's openbsd-inetd: an entry without 4 or 6 behind its protocol is loaded once for each family. */
export function openbsdServices({
  values,
  codes,
  name,
  hosts,
  protocol: written,
}: ReadEntry): readonly LoadedService[] {
  const lost = [
    'too-few-fields',
    'bad-sockbuf',
    'sockbuf-unit-bug',
    'bad-rpc-version',
    'rpc-no-version',
  ] as const;
  if (hasAny(codes, ...lost)) return [];
  const [protocol = ''] = written.split(',');
  const socketType = values.text('socket_type');
  // Names are looked up for the socket type, and there are none for the others.
  if (protocol !== 'unix' && !/^(?:stream|dgram)$/.test(socketType ?? '')) return [];
  const isInternal = values.types.has('INTERNAL');
  if (isInternal && !(builtins.includes(name) && /^(?:stream|dgram)$/.test(socketType ?? ''))) return [];
  const version = rpcVersions(values.text('rpc_version') ?? '');
  const common = {
    // The table of built-in services says nowait for all.
    wait: !isInternal && values.text('wait') === 'yes',
    max: values.number('max_per_minute') || 256,
    account: `${values.text('user') ?? ''}:${values.text('group') ?? ''}`,
    server: values.text('server') ?? '',
    rpc: version === null ? null : `${version.high}/${version.low}`,
  };
  if (protocol === 'unix') return [{ ...common, name, protocol }];
  const twins = /[46]$/.test(protocol) ? [protocol] : [protocol, `${protocol}6`];
  return hosts.flatMap((host) =>
    twins
      .filter((twin) => fits(host, twin.endsWith('6') ? '6' : '4'))
      .map((twin) => ({ ...common, name: withHost(name, host), protocol: twin })),
  );
}

function withHost(name: string, host: string): string {
  return host === '*' ? name : `${host}:${name}`;
}

function fits(host: string, version: '4' | '6'): boolean {
  if (host.startsWith('[')) return false;
  if (/^[0-9.]+$/.test(host)) return version === '4';
  return !host.includes(':') || version === '6';
}

const knownUsers = names('/etc/passwd');
const knownGroups = names('/etc/group');

function names(file: string): ReadonlySet<string> {
  return new Set(
    readFileSync(file, 'latin1')
      .split('\n')
      .map((line) => line.split(':')[0] ?? ''),
  );
}

/** GNU's inetd looks users, groups and services up when it loads, and drops the entry when there is none. */
export function inetutilsServices({
  values,
  codes,
  name,
  hosts,
  protocol,
}: ReadEntry): readonly LoadedService[] {
  const lost = [
    ...(['too-few-fields', 'bad-socket-type', 'empty-service', 'empty-user', 'empty-bind'] as const),
    ...(['tcpmux-protocol', 'tcpmux-socket-type', 'unknown-protocol'] as const),
  ] as const;
  if (hasAny(codes, ...lost)) return [];
  const user = values.text('user') ?? '';
  const group = values.text('group') ?? null;
  if (!knownUsers.has(user) || (group !== null && !knownGroups.has(group))) return [];
  const socketType = values.text('socket_type');
  const isTcpmux = values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');
  const isInternal = values.types.has('INTERNAL');
  if (isInternal && !(name === 'tcpmux' || builtins.includes(name))) return [];
  const common = {
    protocol,
    wait: !isTcpmux && !isInternal && values.text('wait') === 'yes',
    max: values.number('max_per_minute') ?? 0,
    account: `${user}:${group ?? ''}`,
    server: values.text('server') ?? '',
    rpc: null,
  };
  if (values.types.has('TCPMUXPLUS')) return [{ ...common, name: `tcpmuxplus:${name}` }];
  if (isTcpmux) return [{ ...common, name: `tcpmux:${name}` }];
  const transport = (values.text('protocol') ?? '').toLowerCase();
  const version = values.text('ip_version') ?? '4';
  const fitting: Readonly<Record<string, string>> = { tcp: 'stream', udp: 'dgram' };
  if (fitting[transport] !== socketType) return [];
  if (!/^[0-9]+$/.test(name) && !isKnownService(name, transport)) return [];
  return hosts
    .filter((host) => (version === '6' ? !host.startsWith('[') : fits(host, version === '6only' ? '6' : '4')))
    .map((host) => ({ ...common, name: withHost(name, host) }));
}

const services = readFileSync('/etc/services', 'latin1')
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim().split(/\s+/));

function isKnownService(name: string, protocol: string): boolean {
  return services.some(
    ([official, port, ...aliases]) =>
      port?.endsWith(`/${protocol}`) && (official === name || aliases.includes(name)),
  );
}
