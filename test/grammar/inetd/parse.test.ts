import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Directive, LineEntry, PairsEntry, TopLevel, Word } from '../../../src/ast/nodes.ts';
import { restore } from '../../../src/ast/restore.ts';
import { type DialectChoice, dialects } from '../../../src/catalog/inetd-dialects.ts';
import { parseInetd } from '../../../src/grammar/inetd/parse.ts';
import { InetdParser } from '../../../src/grammar/inetd/parser.ts';
import { problemsOf } from '../../../src/grammar/result.ts';
import { SourceText } from '../../../src/text/source-text.ts';

const ftp = 'ftp stream tcp nowait root /usr/libexec/ftpd ftpd';

function parse(text: string, dialect: DialectChoice = 'auto') {
  const source = new SourceText('inetd.conf', text);
  const { file } = parseInetd(source, { dialect });
  assert.equal(restore(file, source), text);
  return { file, codes: problemsOf(file).map(({ code }) => code), source };
}

function onlyLine(text: string, dialect: DialectChoice = 'auto'): LineEntry {
  const entries = parse(text, dialect).file.children.filter((node) => node.type === 'Entry');
  const [entry] = entries;
  assert.ok(entry?.type === 'Entry' && entry.syntax === 'line' && entries.length === 1);
  return entry;
}

function texts(words: readonly Word[]): string[] {
  return words.map((word) => word.text);
}

function types(nodes: readonly TopLevel[]): string[] {
  return nodes.map((node) => node.type);
}

test('the grammar itself has no ambiguities', () => {
  assert.doesNotThrow(() => new InetdParser({ skipValidations: false }));
});

test('an entry has its words and, at the exact range of each piece, its attributes', () => {
  const text = '127.0.0.1:8080 stream tcp6 nowait.40 root:wheel/daemon /bin/x x -v\n';
  const { attributes, name } = onlyLine(text);
  assert.equal(name?.text, '8080');
  const pieces = attributes.flatMap(({ key, values }) =>
    values.map((value) => `${key} ${value.text} = ${text.slice(value.start, value.end)}`),
  );
  assert.deepEqual(pieces, [
    'socket_type stream = stream',
    'ip_version 6 = 6',
    'protocol tcp = tcp',
    'bind 127.0.0.1 = 127.0.0.1:',
    'port 8080 = 8080',
    'wait no = nowait',
    'max_per_minute 40 = 40',
    'user root = root',
    'group wheel = wheel',
    'login_class daemon = daemon',
    'server /bin/x = /bin/x',
    'argv x = x',
    'argv -v = -v',
  ]);
});

test('a quoted word keeps its range, and its pieces have the range of the whole', () => {
  const text = '"127.0.0.1:8080" stream tcp nowait root /bin/x "a b"\n';
  const { fields, attributes } = onlyLine(text);
  assert.deepEqual(texts(fields).slice(-1), ['a b']);
  assert.equal(text.slice(fields[6]?.start, fields[6]?.end), '"a b"');
  const port = attributes.find(({ key }) => key === 'port');
  assert.equal(text.slice(port?.start, port?.end), '"127.0.0.1:8080"');
});

test('a comment, an empty line and the end of file end an entry, a line of blanks does not', () => {
  assert.deepEqual(texts(onlyLine(`${ftp}\n \t\n -l\n`).fields).slice(-1), ['-l']);
  for (const between of ['# x', '', '#@', '#:A: b']) {
    const { file } = parse(`${ftp}\n${between}\n -l\n`);
    assert.equal(file.children.filter((node) => node.type === 'Entry').length, 2, between);
  }
});

test('an indented comment stands between the lines of an entry, or behind it', () => {
  const { between, fields } = onlyLine(`${ftp}\n # why\n  -l\n`);
  assert.deepEqual(
    between.map((each) => each.text),
    ['# why'],
  );
  assert.deepEqual(texts(fields).slice(-2), ['ftpd', '-l']);
  assert.deepEqual(types(parse(`${ftp}\n # why\n`).file.children), ['Entry', 'Comment']);
});

test('a backslash joins the next line whatever it is, where the dialect has that', () => {
  const text = `${ftp} -a \\\n# b \\\n\n-c\n`;
  const { file, codes } = parse(text);
  const [entry] = file.children;
  assert.ok(entry?.type === 'Entry' && entry.syntax === 'line');
  assert.deepEqual(texts(entry.fields).slice(6), ['ftpd', '-a', '#', 'b']);
  assert.deepEqual(
    entry.between.map((each) => each.text),
    ['\\', '\\'],
  );
  assert.ok(codes.includes('backslash-continuation'));
  assert.deepEqual(texts(onlyLine(`${ftp} \\\n`, 'freebsd').fields).slice(-1), ['\\']);
});

test('lines joined in the middle of many are found, and continued ones keep to their own entry', () => {
  const many = `${ftp}\n`.repeat(100);
  for (const tail of ['\\\n -l\n', '\n -l\n', '\n \n\t-l\n']) {
    const { file } = parse(`${many}${ftp}${tail}${many}`);
    assert.equal(file.children.length, 201);
    const entry = file.children[100];
    assert.ok(entry?.type === 'Entry' && entry.syntax === 'line');
    assert.deepEqual(texts(entry.fields).slice(-2), ['ftpd', '-l']);
  }
});

test('an address alone on its line is the default, also as a list, and with blanks behind it', () => {
  const [directive] = parse('127.0.0.1,[::1]: \n').file.children as [Directive];
  assert.equal(directive.kind, 'default-bind');
  assert.deepEqual(texts(directive.values), ['127.0.0.1', '::1']);
  assert.deepEqual(parse('127.0.0.1:\n', 'freebsd').codes, ['too-few-fields']);
});

test('with quotes or a comment in it an address alone on its line is an entry cut short, and nothing is lost', () => {
  assert.deepEqual(types(parse(',"127.0.0.1:\n').file.children), ['Entry']);
  assert.deepEqual(types(parse('127.0.0.1:#:A: \n', 'busybox').file.children), ['Entry']);
});

for (const line of [
  '*:',
  ':',
  'host.example:',
  '192.0.2.1,a_b:',
  '2001:db8::1:',
  '[::ffff:192.0.2.1]:',
  'fe80::1%eth0:',
]) {
  test(`'${line}' holds for the lines below`, () => {
    const [directive] = parse(`${line}\n`).file.children as [Directive];
    assert.equal(directive.kind, 'default-bind');
  });
}

for (const line of [
  'root:*:20228:0:99999:7:::',
  'dad::20228:0:99999:7:::',
  'root:x:0:',
  'root:*:1:',
  '/srv:',
  '::1::2:',
]) {
  test(`'${line}' is no address but a line that is too short`, () => {
    assert.deepEqual(parse(`${line}\n`).codes, ['too-few-fields']);
  });
}

test('section headers, policies and includes are directives', () => {
  const { file } = parse('#:HAM-RADIO: amateur radio \n#@ in ipsec esp ; out\n#@\n.include "a b" c\n');
  const directives = file.children as readonly Directive[];
  assert.deepEqual(
    directives.map(({ kind, values }) => [kind, ...texts(values)]),
    [
      ['section', 'HAM-RADIO', 'amateur radio'],
      ['ipsec-policy', 'in ipsec esp ; out'],
      ['ipsec-policy'],
      ['glob-include', 'a b', 'c'],
    ],
  );
  assert.deepEqual(types(parse('#@ in\n.include x\n', 'debian-openbsd').file.children), ['Comment', 'Entry']);
});

test('an unknown directive and an include without a pattern are kept and reported', () => {
  const { file, codes } = parse('.included x\n.include\n');
  assert.deepEqual(types(file.children), ['Unknown', 'Unknown']);
  assert.deepEqual(codes, ['unknown-directive', 'unknown-directive']);
});

test('a definition holds all its words and comments, and its pairs as attributes', () => {
  const text = `127.0.0.1:80 on # why\n protocol = tcp, wait=no,\n user = "r\\x6fot",exec=/bin/x, args = x 'a b';\n`;
  const [entry] = parse(text, 'netbsd').file.children as [PairsEntry];
  assert.equal(entry.syntax, 'pairs');
  assert.equal(entry.comments[0]?.text, '# why');
  const pairs = entry.attributes.map(({ key, values }) => [key, ...texts(values)]);
  assert.deepEqual(pairs, [
    ['protocol', 'tcp'],
    ['wait', 'no'],
    ['user', 'root'],
    ['server', '/bin/x'],
    ['argv', 'x', 'a b'],
    ['bind', '127.0.0.1'],
    ['port', '80'],
    ['socket_type', 'stream'],
    ['ip_version', '4'],
  ]);
  const user = entry.attributes.find(({ key }) => key === 'user');
  assert.equal(text.slice(user?.start, user?.end), 'user = "r\\x6fot"');
  assert.equal(user?.name?.text, 'user');
});

test('definitions and entries may follow each other on a line', () => {
  const { file } = parse(`a on user = root; b off user = root; # c\nd on user=x; ${ftp}\n${ftp}\n`);
  assert.deepEqual(
    file.children.map((node) => (node.type === 'Entry' ? `${node.syntax} ${node.name?.text}` : node.type)),
    ['pairs a', 'pairs b', 'Comment', 'pairs d', 'line ftp', 'line ftp'],
  );
});

test('a second word `on` makes a definition only where one follows, except for NetBSD', () => {
  for (const text of ['a on b\n', 'a on b c d e f\n', 'a online = x\n', 'a on', 'a on # b = c\n']) {
    const [entry] = parse(text).file.children;
    assert.ok(entry?.type === 'Entry' && entry.syntax === 'line', text);
  }
  const [entry] = parse('a on b c\n', 'netbsd').file.children;
  assert.ok(entry?.type === 'Entry' && entry.syntax === 'pairs');
  assert.deepEqual(types(parse('a on b = c;\n', 'gnu').file.children), ['Entry']);
});

test('carriage returns belong to line ends, unless the dialect leaves them in the last word', () => {
  const text = `${ftp} -l\r\n\r\n# c\r\nx:\r\n`;
  const { file, codes } = parse(text);
  assert.deepEqual(types(file.children), ['Entry', 'Blank', 'Comment', 'Directive']);
  assert.deepEqual(codes, ['crlf']);
  assert.equal(onlyLine(`${ftp}\r\n`, 'debian-openbsd').fields.at(-1)?.text, 'ftpd\r');
  assert.equal(onlyLine(`${ftp}\v\r\n`, 'gnu').fields.at(-1)?.text, 'ftpd');
});

test('a byte order mark is a node of its own, decoded or not', () => {
  for (const mark of ['\uFEFF', '\xEF\xBB\xBF']) {
    const { file, codes } = parse(`${mark}${ftp}\n`);
    assert.deepEqual(types(file.children), ['Unknown', 'Entry']);
    assert.deepEqual(codes, ['byte-order-mark']);
  }
});

test('what follows a NUL byte is no field', () => {
  const { file, codes } = parse(`${ftp} a\0b c\n\0x\n${ftp}\n`);
  assert.deepEqual(types(file.children), ['Entry', 'Unknown', 'Entry']);
  const [entry] = file.children;
  assert.ok(entry?.type === 'Entry' && entry.syntax === 'line');
  assert.equal(entry.fields.at(-1)?.text, 'a');
  assert.deepEqual(codes, ['nul-byte', 'nul-byte']);
});

test('bytes that are not UTF-8 and a missing line end are no trouble', () => {
  const bytes = Buffer.concat([Buffer.from(`${ftp} `), Buffer.from([0xff, 0xe9, 0xa0])]);
  const source = SourceText.fromBytes('x', bytes);
  const { file } = parseInetd(source);
  assert.deepEqual(source.encode(restore(file, source)), bytes);
  const [entry] = file.children;
  assert.ok(entry?.type === 'Entry' && entry.syntax === 'line');
  assert.equal(entry.fields.at(-1)?.text, '\xff\xe9\xa0');
});

test('comments anywhere in a line, where the dialect has them', () => {
  for (const dialect of ['busybox', 'solaris', 'illumos', 'ultrix'] as const) {
    const { fields, trailing } = onlyLine('ftp stream tcp nowait root /bin/x x#y z\n', dialect);
    assert.equal(fields.at(-1)?.text, 'x');
    assert.equal(trailing?.text, '#y z');
  }
});

test('a comment goes on over joined lines', () => {
  const { fields, trailing, between } = onlyLine(
    'ftp stream tcp nowait root /bin/x # a \\\n# b \\\nc\n',
    'busybox',
  );
  assert.equal(fields.length, 6);
  assert.deepEqual(
    [trailing, ...between].map((each) => each?.text.trim()),
    ['# a', '\\', '\\', '# b', 'c'],
  );
});

test('an entry can be read again after others took its place in memory', () => {
  const { file } = parse(`${ftp} -l\n`.repeat(2000));
  const [first] = file.children;
  assert.ok(first?.type === 'Entry' && first.syntax === 'line');
  const before = JSON.stringify(first);
  for (const node of file.children) assert.ok(node.type === 'Entry' && node.attributes.length > 0);
  assert.equal(JSON.stringify(first), before);
  assert.match(before, /"fields":\[.*"attributes":\[/);
});

test('every dialect reads the common core alike', () => {
  for (const dialect of dialects) {
    const { problems, attributes } = onlyLine(
      'ftp stream tcp nowait root /usr/libexec/ftpd ftpd -l\n',
      dialect,
    );
    assert.deepEqual(problems, [], dialect);
    assert.deepEqual(
      attributes.map(({ key, values }) => [key, ...texts(values)]),
      [
        ['socket_type', 'stream'],
        ['protocol', 'tcp'],
        ['wait', 'no'],
        ['user', 'root'],
        ['server', '/usr/libexec/ftpd'],
        ['argv', 'ftpd', '-l'],
      ],
      dialect,
    );
  }
});
