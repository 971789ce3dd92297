import { closeSync, openSync, writeSync } from 'node:fs';

type Shape = (name: string, at: number) => string;

const mixed: readonly Shape[] = [
  (name) => `${name}\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\tin.${name} -l -a`,
  (name) => `${name}\tdgram\tudp\twait\tnobody\t/usr/sbin/in.${name}\tin.${name} -s /srv/boot`,
  (name) =>
    `${name} stream tcp nowait.400 daemon.sys /usr/libexec/${name} ${name} --config=/etc/${name}.conf`,
  (name) => `#${name} stream tcp nowait root /usr/sbin/in.${name} in.${name}`,
  () => '# A comment about what comes next, as people write them.',
];

const server = (name: string) => `/usr/sbin/tcpd in.${name} -l -a`;

/** Files of one kind of line each, and one as a large site might have it: entries, switched-off entries, comments. */
const kinds = {
  mixed,
  'tcp6 with a rate': [(name) => `${name} stream tcp6 nowait.40 root ${server(name)}`],
  'switched off': [(name) => `#<off># ${name}\tstream\ttcp\tnowait\troot\t${server(name)}`],
  'address and name': [(name) => `127.0.0.1:${name} stream tcp nowait root ${server(name)}`],
  'port numbers': [(name, at) => `${1024 + (at % 64_000)} stream tcp nowait root ${server(name)}`],
  'user and group': [(name) => `${name} stream tcp nowait daemon.sys ${server(name)}`],
  'carriage returns': [(name) => `${name} stream tcp nowait root ${server(name)}\r`],
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

export type LineKindName = keyof typeof kinds;
export const lineKindNames = Object.keys(kinds) as readonly LineKindName[];

/** Writes an inetd.conf of so many lines. */
export function writeLargeInetdConf(path: string, lines: number, kind: LineKindName = 'mixed'): void {
  const shapes: readonly Shape[] = kinds[kind];
  const file = openSync(path, 'w');
  for (let at = 0; at < lines; at++) {
    const shape = shapes[at % shapes.length];
    writeSync(file, `${shape?.(`svc${String(at).padStart(6, '0')}`, at)}\n`);
  }
  closeSync(file);
}
