import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { parse } from '../../src/grammar/parse.ts';
import { readDirectives } from '../../src/lint/suppressions/directive.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { convertText } from '../support/convert-text.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const text = `# first
defaults
{
	# of the defaults
	frob = 1
}
lost words
service ftp
{
	socket_type = stream
	wait = no
	user = root
	server = /usr/sbin/x
	frobnicate = yes
}
}
include /missing.conf
`;

const lostLines = [
  '# xcfg: line 5 not converted: unknown-attribute',
  '#   frob = 1',
  '# xcfg: line 7 not converted: text-outside-section',
  '#   lost words',
  '# xcfg: line 14 not converted: unknown-attribute',
  '#   frobnicate = yes',
  '# xcfg: line 16 not converted: text-outside-section',
  '#   }',
  '# xcfg: line 17 not converted: include-missing',
  '#   include /missing.conf',
];

test('what xinetd passes over stays as a comment in inetd.conf', async () => {
  const { output } = await convertText(text, '--from=xinetd', '--to=inetd');
  const comments = output.split('\n').filter((line) => line.startsWith('#'));
  assert.deepEqual(comments, ['# first', '# of the defaults', ...lostLines]);
});

test('and behind the units of a stream', async () => {
  const { output } = await convertText(text, '--from=xinetd', '--to=systemd');
  assert.deepEqual(output.trimEnd().split('\n').slice(-lostLines.length), lostLines);
});

test('the linter takes what stays so for no comment of its own', async () => {
  const { output } = await convertText(text, '--from=xinetd', '--to=inetd');
  const kept = [
    ...output.split('\n'),
    '# xcfg: /etc/xinetd.d/web, line 3 not converted: cycle (service web)',
  ];
  const source = new SourceText('inetd.conf', kept.join('\n'));
  const { file } = parse(source, { format: 'inetd' });
  assert.deepEqual(readDirectives(file, source), []);
  const directive = new SourceText('inetd.conf', '# xcfg: ignore[style/*] -- not converted: yet\n');
  assert.equal(readDirectives(parse(directive, { format: 'inetd' }).file, directive).length, 1);
});

test('so do lines of inetd.conf, and services that units cannot say', async () => {
  const input = 'bad line\nftp stream tcp nowait root /x x\ntime stream tcp nowait root internal\n';
  const { output } = await convertText(input, '--to=systemd');
  assert.deepEqual(output.trimEnd().split('\n').slice(-3), [
    '# xcfg: line 1 not converted: missing-field',
    '#   bad line',
    '# xcfg: line 3 not converted: internal (service time)',
  ]);
});

test('comments of an included file are kept, also without a service in it', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'xinetd.d'));
  writeFileSync(join(folder, 'xinetd.d', 'notes'), '# only a note\n');
  writeFileSync(join(folder, 'xinetd.conf'), `includedir ${folder}/xinetd.d\n`);
  const io = fakeIo({ cwd: folder });
  await main(['convert', 'xinetd.conf', '--to=inetd'], io);
  assert.equal(io.out(), '# only a note\n');
});

test('text of an included file is kept with the name of the file', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'more'), 'lost words\nservice x\n{\nwait = maybe\n}\n');
  writeFileSync(join(folder, 'xinetd.conf'), `include ${folder}/more\n`);
  const io = fakeIo({ cwd: folder });
  await main(['convert', 'xinetd.conf', '--to=inetd'], io);
  assert.deepEqual(io.out().split('\n').slice(0, 3), [
    `# xcfg: ${folder}/more, line 1 not converted: text-outside-section`,
    '#   lost words',
    `# xcfg: ${folder}/more, line 2 not converted: bad-value-wait (service x)`,
  ]);
});
