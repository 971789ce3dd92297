import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Format } from '../../src/ast/nodes.ts';
import { detectFormat } from '../../src/grammar/detect.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { corpusFiles } from '../support/corpus.ts';

const texts: readonly (readonly [what: string, text: string, format: Format])[] = [
  ['a section', '# x\nService ftp\n{\n}\n', 'xinetd'],
  ['a section with CRLF', 'defaults\r\n{\r\n}\r\n', 'xinetd'],
  ['a section behind a byte order mark', '\uFEFFservice a\n', 'xinetd'],
  ['a drop-in that only includes', 'includedir /etc/xinetd.d\n', 'xinetd'],
  ['assignments alone', 'instances = 5\ncps = 50 10\n', 'xinetd'],
  ['a section that was commented out', '# service ftp\n# {\n#\twait = no\n# }\n', 'xinetd'],
  ['an entry', 'ftp stream tcp nowait root /usr/sbin/ftpd ftpd\n', 'inetd'],
  ['an entry with too few fields', 'ftp\tstream\ttcp\tnowait\n', 'inetd'],
  ['an entry over several lines', 'ftp\n stream tcp\n nowait\n root /usr/libexec/ftpd ftpd\n', 'inetd'],
  ['an entry with an assignment among its arguments', 'x stream tcp nowait root /bin/x x a = b\n', 'inetd'],
  ['a NetBSD definition', 'ftp on\n  protocol = tcp4,\n  wait = no,\n  user = root;\n', 'inetd'],
  ['a switched off definition', 'ftp off # not now\n protocol = tcp4;\n', 'inetd'],
  ['a line of update-inetd', '#<off># ftp stream tcp nowait root /usr/sbin/tcpd ftpd\n', 'inetd'],
  ['a section header of update-inetd', '#:INTERNAL: Internal services\n', 'inetd'],
  ['a default address', '127.0.0.1:\n', 'inetd'],
  ['an include of NetBSD', '.include /etc/inetd.d/*\n', 'inetd'],
  ['entries that were commented out', '#ftp\tstream\ttcp\tnowait\troot\t/usr/sbin/ftpd ftpd\n', 'inetd'],
  [
    'a section below many entries that were commented out',
    `${'#x stream tcp nowait root /bin/x x\n'.repeat(2000)}service ftp\n{\n}\n`,
    'xinetd',
  ],
  ['prose', '# a stream of words, in which nowait comes up\n', 'xinetd'],
  ['nothing', '', 'xinetd'],
];

for (const [what, text, format] of texts) {
  test(`${what} is ${format}.conf`, () => {
    assert.equal(detectFormat(new SourceText('-', text)), format);
  });
}

test('the name decides where the text says nothing', () => {
  const formats = [
    '/etc/inetd.conf',
    'xinetd.d/x',
    'old/xinetd/inetd.conf.orig',
    '/etc/inetd.d/x',
    'x.conf',
  ].map((path) => detectFormat(new SourceText(path, '# nothing\n')));
  assert.deepEqual(formats, ['inetd', 'xinetd', 'inetd', 'inetd', 'xinetd']);
});

test('the text beats the name', () => {
  assert.equal(detectFormat(new SourceText('/etc/inetd.conf', 'service a\n{\n}\n')), 'xinetd');
});

test('real files are what the one who collected them says', (t) => {
  for (const { source, kind } of corpusFiles(t)) {
    assert.equal(detectFormat(source), kind, source.path);
  }
});

test('headers of groups that a conversion kept do not make an xinetd.conf an inetd.conf', () => {
  const text = '#:INTERNAL: one\n#:STANDARD: two\n#:MAIL: three\n#:INFO: four\nservice ftp\n{\n}\n';
  assert.equal(detectFormat(new SourceText('-', text)), 'xinetd');
});
