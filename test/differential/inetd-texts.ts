/** Texts of inetd.conf from a seed: right lines, with odd words among them and with mutations. */

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = {
  address: [
    ...['', '127.0.0.1:', '*:', '::1:', '[::1]:', 'localhost:', ':', '127.0.0.1,127.0.0.2:'],
    ...['127.0.0.1: ', '*: ', '[::1],127.0.0.1:', '127.0.0.2,localhost:', '::1: '],
  ],
  socketType: [
    ...[
      'stream',
      'stream',
      'stream',
      'stream',
      'dgram',
      'dgram',
      'rdm',
      'Stream',
      'streams',
      'stream:x',
      'stream,5',
    ],
  ],
  protocol: [
    ...[
      'tcp',
      'tcp4',
      'tcp4',
      'tcp6',
      'tcp46',
      'tcp6only',
      'tcp5',
      'udp',
      'udp4',
      'udp6',
      'udp46',
      'unix',
      'TCP',
    ],
    ...[
      'tcp,sndbuf=1k',
      'tcp4,rcvbuf=16k',
      'tcp4,sndbuf=1k,rcvbuf=1m',
      'tcp4,sndbuf=10,rcvbuf=1m',
      'udp4,sndbuf=',
    ],
    ...[
      'tcp4,rcvbuf=x',
      'tcp4,foo=1',
      'tcp4,sndbuf=0',
      'tcp4,sndbuf=1k,rcvbuf=1k,sndbuf=1k',
      'tcp4,',
      'foo',
      'tcpx',
    ],
    ...['tcp/ttcp', 'rpc/udp', 'rpc/tcp4', 'rpc/udp6', 'tcp64', 'tcp66', 'faith/tcp'],
  ],
  wait: [
    ...[
      'wait',
      'wait',
      'nowait',
      'nowait',
      'nowait',
      'nowait.40',
      'wait.7',
      'nowait.0',
      'nowait.',
      'nowait.x',
    ],
    ...[
      'nowait.5x',
      'nowait.1.2',
      'nowait:40',
      'wait:40',
      'nowait/5',
      'wait/1',
      'nowait/1/2/3',
      'WAIT',
      'waiting',
    ],
    ...['nowaits', 'maybe', 'swait', 'wait/lc', 'nowait.007', 'wait.', '.5', 'nowait.2147483647'],
  ],
  user: [
    ...[
      'root',
      'root',
      'root',
      'nobody',
      'root:daemon',
      'root.daemon',
      'nobody:',
      'nobody.',
      ':daemon',
      '.daemon',
    ],
    ...[
      'daemon.bin:sys',
      'daemon:bin.sys',
      'root:daemon:bin',
      'root.daemon.bin',
      'root/daemon',
      'root:daemon/staff',
      '0',
    ],
  ],
  server: [
    '/usr/bin/printf',
    '/usr/bin/printf',
    '/usr/bin/printf',
    '/usr/bin/printf',
    'internal',
    'printf',
    '?/usr/bin/printf',
    'internals',
    '/usr/bin/p#f',
  ],
  argument: [
    ...[
      '-l',
      '-v',
      'a',
      'x=y',
      '"a b"',
      "'a b'",
      'a"b',
      "a'b",
      'a"b c"d',
      `'a"b'`,
      `"a'b"`,
      '""',
      "''",
      'x""',
      `''y`,
    ],
    ...[
      '#',
      '#x',
      'a#b',
      '\\',
      'a\\ b',
      '\\"a b\\"',
      '%',
      '$HOME',
      '*',
      'é',
      '\x0b',
      'a\x0cb',
      '\r',
      'a\rb',
      '\xA0',
      ';',
    ],
    ...['"a b"c', `"a b"'c d'`, `x"'y z'"`, '""""', `"'`, '[1-3]', ':', 'a:b', '"', "'", '"#"'],
  ],
  odd: [
    ...[
      '# a comment',
      '#',
      '#<off># 1 stream tcp nowait root /usr/bin/printf cat',
      '#@ in ipsec esp/require',
      '#:BSD: title',
    ],
    ...[
      '',
      '',
      ' ',
      '\t \t',
      '  # indented comment of words in a row',
      'short',
      'too few words',
      '.include /dev/null',
    ],
    ...['127.0.0.1:', '::1:', '127.0.0.1,127.0.0.2:', '\x01', ' leading'],
  ],
} as const;

/** Characters that change how a line is read, each put somewhere or taken for another. */
const mutations = [
  ' ',
  '\t',
  '"',
  "'",
  '#',
  '\\',
  ':',
  '.',
  '/',
  ',',
  '\r',
  '\x0b',
  '[',
  ']',
  '*',
  '+',
  '-',
  '0',
  'é',
];

export class InetdTexts {
  readonly #random: () => number;
  #port = 0;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
  }

  /** Lines of one file, the services at ports from `firstPort` on. */
  file(lines: number, firstPort: number): string[] {
    this.#port = firstPort;
    return Array.from({ length: lines }, () => this.#line());
  }

  #line(): string {
    if (this.#chance(0.12)) return this.#one(words.odd);
    let line = this.#entry();
    if (this.#chance(0.3)) line = this.#mutated(line);
    if (this.#chance(0.04)) line = ` ${line}`;
    if (this.#chance(0.06)) line = line.replace(/ (?=\S+$)/, '\n  ');
    if (this.#chance(0.03)) line += '\r';
    return line;
  }

  #entry(): string {
    this.#port += 1;
    const usual = this.#chance(0.6);
    const protocol = usual ? 'tcp4' : this.#one(words.protocol);
    return [
      (this.#chance(0.6) ? '' : this.#one(words.address)) + this.#service(protocol),
      usual ? 'stream' : this.#one(words.socketType),
      protocol,
      this.#one(words.wait),
      this.#chance(0.5) ? 'root' : this.#one(words.user),
      usual ? '/usr/bin/printf' : this.#one(words.server),
      ...this.#argv(),
    ].join(this.#chance(0.9) ? ' ' : ' \t');
  }

  #service(protocol: string): string {
    if (protocol === 'unix') return `s${this.#port}`;
    if (protocol.startsWith('rpc/')) {
      const versions = ['1', '1-3', '3-1', '2x', 'x', '', '1-', '0x2', '010', '1-2-3'];
      return this.#chance(0.1) ? 'rstatd' : `${this.#one(['rstatd', 'rusersd'])}/${this.#one(versions)}`;
    }
    if (this.#chance(0.1)) return this.#one(['echo', 'discard', 'time', 'sink', 'ftp', 'nosuch', 'tcpmux']);
    return this.#chance(0.05) ? `tcpmux/${this.#one(['', '+'])}t${this.#port}` : `${this.#port}`;
  }

  /** Most of them let `printf` show what follows. */
  #argv(): string[] {
    if (this.#chance(0.1)) return [];
    const count = this.#chance(0.05) ? 24 : Math.floor(this.#random() * 5);
    const head = this.#chance(0.7) ? ['printf', '%s\\0'] : ['cat'];
    return [...head, ...Array.from({ length: count }, () => this.#one(words.argument))];
  }

  #mutated(line: string): string {
    const at = Math.floor(this.#random() * line.length);
    const char = this.#one(mutations);
    const kind = this.#random();
    const mutated =
      kind < 0.5
        ? line.slice(0, at) + char + line.slice(at)
        : kind < 0.8
          ? line.slice(0, at) + line.slice(at + 1)
          : line.slice(0, at) + char + line.slice(at + 1);
    // A UNIX socket with an absolute name would stay on the machine.
    return mutated.replace(/^\/+/, '');
  }

  #one<T>(choices: readonly T[]): T {
    const chosen = choices[Math.floor(this.#random() * choices.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
