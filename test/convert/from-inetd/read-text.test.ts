import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ConversionDiagnostic } from '../../../src/convert/diagnostic.ts';
import { type InetdDialect, inetdDialects } from '../../../src/convert/from-inetd/dialect-names.ts';
import { convertInetd } from '../../../src/convert/to-xinetd/convert-inetd.ts';
import { printNewEntries } from '../../../src/format/print-new-entries.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { convertCases } from '../../support/convert-cases.ts';

const names = {
  servicePort: (name: string) => (name.startsWith('x') ? undefined : 1),
  rpcNumber: () => 100001,
  isUser: () => false,
};

/** The conversion with every text read as a tree, or every text read by lines. */
function convert(text: string, dialect: InetdDialect, daemonDir: string | null, large: number) {
  const diagnostics: ConversionDiagnostic[] = [];
  const target = { dialect, daemonDir, noLibwrap: false, annotates: true, names };
  const nodes = convertInetd(
    new SourceText('inetd.conf', text),
    target,
    (each) => diagnostics.push(each),
    large,
  );
  const output = [...printNewEntries(nodes)].join('');
  // By line, as they are shown: repeated names are settled before the first line is read.
  const shown = diagnostics.toSorted((a, b) => a.line - b.line);
  return { output, diagnostics: shown.map((each) => JSON.stringify(each)) };
}

function assertSameEitherWay(text: string, dialect: InetdDialect, daemonDir: string | null = null): void {
  assert.deepEqual(
    convert(text, dialect, daemonDir, 0),
    convert(text, dialect, daemonDir, Number.POSITIVE_INFINITY),
  );
}

const word = fc.constantFrom(
  ...[
    'ftp',
    'tftp',
    'xunknown',
    '8080',
    'a,b:ftp',
    '[::1]:ftp',
    '*:',
    '1.2.3.4:',
    'tcpmux/x',
    'rusersd/1-3',
    '#x',
  ],
);
const field = fc.oneof(
  word,
  fc.constantFrom(
    'stream',
    'dgram',
    'tcp',
    'udp',
    'tcp4',
    'wait',
    'nowait',
    'nowait.40',
    'root',
    'nobody.tty',
  ),
  fc.constantFrom(
    '/usr/sbin/x',
    '/usr/sbin/tcpd',
    'internal',
    'x',
    '-l',
    '"a b"',
    "it's",
    '%',
    'on',
    'key',
    '=',
    ';',
  ),
);
const blanks = fc.constantFrom(' ', '\t', '  ', ' \t');
/** Lines of few kinds, so that most are not the first of theirs. */
const plainLine = fc
  .tuple(
    fc.constantFrom('', '', '', '#<off># ', '1.2.3.4:', '#<off># [::1]:', '*:', 'localhost:'),
    fc.constantFrom('ftp', 'telnet', 'xsvc', 'svc1', 'svc2', '21', '8080', '65536', '0', '007', 'on'),
    fc.constantFrom(
      ...['stream tcp nowait', 'dgram udp wait', 'stream tcp6 nowait.40', 'dgram udp nowait'],
      ...['stream tcp nowait/3/4', 'stream,5 tcp46 nowait:7', 'stream tcp,sndbuf=4k WAIT'],
      ...['dgram rpc/udp wait', 'stream tcp/ttcp nowait.0', 'raw icmp wait', 'stream udp nowait'],
    ),
    fc.constantFrom('root', 'nobody.tty', '99', 'user.', 'root/class', 'a:b'),
    fc.constantFrom('/usr/sbin/x', '/usr/sbin/tcpd', '/bin/ftp'),
    fc.array(field, { maxLength: 3 }),
    blanks,
  )
  .map(([mark, name, middle, user, server, args, gap]) =>
    [`${mark}${name}`, ...middle.split(' '), user, server, ...args].join(gap),
  );
const anyLine = fc
  .tuple(
    fc.constantFrom('', ' ', '#', '#<off># ', '# <off>', '#@ ', '#:X: '),
    fc.array(field, { maxLength: 9 }),
    blanks,
  )
  .map(([start, fields, gap]) => start + fields.join(gap));
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\n\n', '\n \n', '\n\t# note\n', '\0\n');
const text = fc
  .array(fc.tuple(fc.oneof(plainLine, plainLine, anyLine), lineEnd), { maxLength: 14 })
  .map((lines) => lines.flat().join(''));

test('a text read by lines gives what its tree gives', () => {
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...inetdDialects),
      fc.constantFrom(null, '/usr/lib'),
      fc.boolean(),
      (lines, dialect, daemonDir, hasLastEnd) => {
        assertSameEitherWay(hasLastEnd ? lines : lines.trimEnd(), dialect, daemonDir);
      },
    ),
    { numRuns: 1500 },
  );
});

test('so do the recorded cases', () => {
  for (const { kind, input } of convertCases()) {
    if (kind === 'inetd-to-xinetd') assertSameEitherWay(input.toString('utf8'), 'debian');
  }
});

test('a text longer than a stretch is cut between entries only', () => {
  const line = (at: number) => `svc${at} stream tcp4 nowait root /usr/sbin/x x\n\t-l ${at}\n  # a note\n`;
  const long = Array.from({ length: 4000 }, (_, at) => line(at)).join('');
  assertSameEitherWay(long, 'debian');
});

test('many entries of one name take time in proportion to their number', () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => `ftp stream tcp nowait root /usr/sbin/x x ${at}\n`);
  const { output, diagnostics } = convert(lines.join(''), 'debian', null, 0);
  assert.ok(output.includes('ftp-tcp-30000'));
  assert.equal(diagnostics.length, 29_999);
});

test('a comment behind the fields goes to the server, except where the dialect has such comments', () => {
  const text = 'ftp stream tcp nowait root /usr/sbin/in.ftpd in.ftpd -l # log all\n';
  for (const dialect of inetdDialects) {
    assertSameEitherWay(text, dialect);
    const { output, diagnostics } = convert(text, dialect, null, Number.POSITIVE_INFINITY);
    const remarks = diagnostics.filter((each) => each.includes('"trailing-hash"'));
    if (dialect === 'solaris') {
      assert.deepEqual(remarks, []);
      assert.match(output, /^(?:#.*\n)*# log all\n[\s\S]*server_args\s+= -l\n/);
    } else {
      assert.match(remarks.join(), /"level":"I"[\s\S]*"line":1[\s\S]*arguments of the server/);
      assert.match(output, /server_args\s+= -l # log all\n/);
    }
  }
  // A built-in service has no arguments, which is said of its words already.
  const internal = convert('echo stream tcp nowait root internal # x\n', 'debian', null, 0);
  assert.deepEqual(
    internal.diagnostics.map((each) => JSON.parse(each).code),
    ['internal-args'],
  );
});
