import type { Random } from './random.ts';

const oddProtocols = [
  'rpc',
  'rpc/tcp',
  'rpc/udp',
  'tcp/rpc',
  'RPC/tcp',
  'rpcx',
  'tcp/',
  '/tcp',
  'tcp/ttcp',
  'tcp,x',
  '6',
];
const oddServers = ['internal2', 'internal\r', 'Internal', '/bin/', '/bin/cat/', 'cat', '/', '/bin/cat\r'];

/** Lines of an inetd.conf, most of them with a fault. */
export function inetdText(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(12) }, () => {
    const words = [
      random.pick([
        'echo',
        'oracle-svc',
        'discard',
        'time',
        'daytime',
        'tftp',
        'ftp',
        'nosuch',
        '20099',
        'ECHO',
        '*:ftp',
        '#x',
        'tcpmux',
        'TCPMUX',
        'rstatd',
        'rup',
        'Time',
        'source',
        'oracle-alias',
      ]) +
        (random.chance(0.15)
          ? random.pick(['/1', '/1-3', '/2-1', '/x', '/', '/+x', '/1/2', '/-1', '/\v'])
          : ''),
      random.pick(['stream', 'stream', 'dgram', 'raw', 'rdm', 'STREAM', 'strem', 'seqpacket', 'stream\v']),
      random.pick([
        ...['tcp', 'tcp', 'tcp', 'udp', 'tcp6', 'TCP', 'xtp', 'icmp', 'ip', 'tcp\r'],
        ...oddProtocols,
      ]),
      random.pick([
        'nowait',
        'nowait',
        'wait',
        'NOWAIT',
        'Wait',
        'nowait.40',
        'nowait/5',
        'maybe',
        'nowait\r',
        'yes',
      ]),
      random.pick([
        'root',
        'root',
        'nobody',
        'nobody.nogroup',
        'root.nosuch',
        'nosuch',
        'root:daemon',
        '0',
        'root.',
        '.daemon',
        'nosuch.nosuch',
        '0.0',
        '.',
        'root..daemon',
        'root.daemon.bin',
        'ROOT',
        'root.ROOT',
        'nosuch.',
        'root\r',
        '-1',
      ]),
      random.pick([
        ...['/bin/cat', '/bin/cat', '/no/such', 'internal', 'internal', 'INTERNAL'],
        ...oddServers,
      ]),
      ...random.some(['cat', '-u', '"a', '#', 'x', '\v', 'a\rb', '\\'], 0, 3),
    ];
    if (random.chance(0.08)) words.splice(1 + random.below(6));
    return `${random.chance(0.9) ? '' : random.pick([' ', '\t', '\v', '\f', '\r', ' \v', '\v ', '\r\f'])}${words.join(random.pick([' ', '\t', '  ']))}`;
  });
  return `${lines.join('\n')}\n`;
}
