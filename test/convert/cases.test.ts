import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import { parseXinetd } from '../../src/grammar/xinetd/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { type CaseDiagnostic, type ConvertCase, convertCases } from '../support/convert-cases.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Run {
  readonly status: number;
  readonly output: Buffer;
  readonly diagnostics: readonly CaseDiagnostic[];
}

async function convert(t: TestContext, each: ConvertCase, extra: readonly string[] = []): Promise<Run> {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, each.inputName), each.input);
  writeFileSync(
    join(folder, 'passwd'),
    ['root:x:0:0::/:/', ...each.knownUsers.map((user) => `${user}:x:1000:1000::/:/`)].join('\n'),
  );
  const io = fakeIo({ cwd: folder });
  const words = ['convert', each.inputName, '--etc=.', '--report=json', ...each.options, ...extra];
  const status = await main(words, io);
  const { version, diagnostics } = JSON.parse(io.err()) as { version: number; diagnostics: CaseDiagnostic[] };
  assert.equal(version, 1);
  return { status, output: Buffer.from(io.out()), diagnostics };
}

/** Level, line and code; the texts are free. */
function essence(diagnostics: readonly CaseDiagnostic[]): readonly string[] {
  return diagnostics.map(({ level, line, code }) => `${line} ${level} ${code}`).sort();
}

/** Entries as sorted attributes, with the comments between them. */
function xinetdMeaning(text: string): unknown {
  return parseXinetd(new SourceText('x', text)).file.children.flatMap((node): unknown[] => {
    if (node.type === 'Comment') return [node.text];
    if (node.type !== 'Entry') return [];
    assert.deepEqual(node.problems, []);
    const lines = node.attributes.map(({ key, values }) =>
      [key, ...values.map((value) => value.text)].join(' '),
    );
    const keys = node.attributes.map(({ key }) => key);
    const flags = keys.indexOf('flags');
    assert.ok(flags < 0 || !keys.slice(0, flags).includes('server_args'), 'flags stand before server_args');
    return [{ name: node.name?.text, lines: lines.sort() }];
  });
}

function words(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/[ \t]+/g, ' '));
  return lines.filter((line) => line !== '');
}

const cases = convertCases();

test('the recorded cases are here', () => {
  assert.equal(cases.length, 107);
});

for (const each of cases) {
  test(`${each.kind}: ${each.name}`, async (t) => {
    const { status, output, diagnostics } = await convert(t, each);
    assert.deepEqual(essence(diagnostics), essence(each.diagnostics));
    assert.equal(status, each.exit);
    if (each.kind === 'inetd-to-xinetd') {
      assert.deepEqual(xinetdMeaning(output.toString('utf8')), xinetdMeaning(each.wanted));
    } else if (each.kind === 'xinetd-to-inetd') {
      assert.deepEqual(words(output.toString('utf8')), words(each.wanted));
    }
  });
}

for (const each of cases.filter(({ kind }) => kind === 'to-systemd')) {
  test(`units in a folder: ${each.name}`, async (t) => {
    const folder = temporaryFolder(t);
    const out = join(folder, 'units');
    await convert(t, each, [`--out-dir=${out}`]);
    const names = Object.keys(each.units).sort();
    assert.deepEqual(readdirSync(out).sort(), names);
    for (const name of names) assert.equal(readFileSync(join(out, name), 'utf8'), each.units[name]);
  });
}
