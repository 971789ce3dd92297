import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  syntheticAttribute,
  syntheticBlank,
  syntheticBlockEntry,
  syntheticComment,
  syntheticFile,
  syntheticLineEntry,
} from '../../src/ast/synthetic.ts';
import { printEntry } from '../../src/format/print-entry.ts';
import { printFile } from '../../src/format/print-file.ts';

test('an entry is printed as itox prints it', () => {
  const entry = syntheticBlockEntry('ftp', [
    syntheticComment('# from inetd.conf'),
    syntheticAttribute('socket_type', ['stream']),
    syntheticAttribute('only_from', ['10.0.0.0/8', '::1'], 'add'),
    syntheticAttribute('passenv', []),
  ]);
  assert.equal(
    printEntry(entry),
    'service ftp\n{\n\t# from inetd.conf\n\tsocket_type     = stream\n\tonly_from       += 10.0.0.0/8 ::1\n\tpassenv         =\n}\n',
  );
});

test('defaults has no name', () => {
  assert.equal(printEntry(syntheticBlockEntry(null, [])), 'defaults\n{\n}\n');
});

test('one blank line stands between entries, and a comment touches the entry it belongs to', () => {
  const file = syntheticFile('xinetd', [
    syntheticComment('# head'),
    syntheticBlank,
    syntheticBlockEntry('a', []),
    syntheticBlank,
    syntheticBlank,
    syntheticComment('# b'),
    syntheticBlockEntry('b', []),
    syntheticBlockEntry('c', []),
  ]);
  assert.equal(printFile(file), '# head\n\nservice a\n{\n}\n\n# b\nservice b\n{\n}\n\nservice c\n{\n}\n');
});

test('lines of inetd.conf stand in columns; switched off ones keep their marker in front', () => {
  const file = syntheticFile('inetd', [
    syntheticLineEntry('ftp stream tcp nowait root /usr/sbin/ftpd ftpd -l'.split(' ')),
    syntheticLineEntry('telnet stream tcp nowait root /usr/sbin/telnetd telnetd'.split(' '), true),
    syntheticLineEntry('daytime-udp dgram udp wait root internal'.split(' ')),
  ]);
  assert.equal(
    printFile(file),
    [
      'ftp\t\tstream\ttcp\tnowait\troot\t/usr/sbin/ftpd\tftpd -l\n',
      '#<off># telnet\tstream\ttcp\tnowait\troot\t/usr/sbin/telnetd\ttelnetd\n',
      'daytime-udp\tdgram\tudp\twait\troot\tinternal\n',
    ].join(''),
  );
});
