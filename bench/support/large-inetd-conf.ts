import { closeSync, openSync, writeSync } from 'node:fs';

const shapes: readonly ((name: string) => string)[] = [
  (name) => `${name}\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\tin.${name} -l -a`,
  (name) => `${name}\tdgram\tudp\twait\tnobody\t/usr/sbin/in.${name}\tin.${name} -s /srv/boot`,
  (name) =>
    `${name} stream tcp nowait.400 daemon.sys /usr/libexec/${name} ${name} --config=/etc/${name}.conf`,
  (name) => `#${name} stream tcp nowait root /usr/sbin/in.${name} in.${name}`,
  () => '# A comment about what comes next, as people write them.',
];

/** Writes an inetd.conf of so many lines as a large site might have it: entries, switched-off entries, comments. */
export function writeLargeInetdConf(path: string, lines: number): void {
  const file = openSync(path, 'w');
  for (let at = 0; at < lines; at++) {
    const shape = shapes[at % shapes.length];
    writeSync(file, `${shape?.(`svc${String(at).padStart(6, '0')}`)}\n`);
  }
  closeSync(file);
}
