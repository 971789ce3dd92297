import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolve } from '../../../src/model/resolve.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { oracleFiles, oracleTables } from '../../support/oracle-host.ts';

const read = (texts: Readonly<Record<string, string>>) => (name: string) => {
  const text = texts[name];
  return text === undefined ? oracleFiles.read(name) : { bytes: Buffer.from(text) };
};

test('a file that includes itself twice is given up: the daemon would read it 2^57 times', () => {
  const text = 'include main.conf\ninclude main.conf\n';
  const { accepted, exitCode, services, diagnostics } = resolve(new SourceText('main.conf', text), {
    profile: 'xinetd-2.3.15.3',
    tables: oracleTables(),
    files: { ...oracleFiles, read: read({ 'main.conf': text }) },
  });
  assert.deepEqual({ accepted, exitCode, services }, { accepted: false, exitCode: null, services: [] });
  const { code, file, line } = diagnostics.at(-1) ?? {};
  assert.deepEqual([code, file, line], ['endless-includes', 'main.conf', 1]);
});

test('so are files without a loop that each include the next one twice', () => {
  const texts = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [`${at}`, `include ${at + 1}\ninclude ${at + 1}\n`]),
  );
  const { accepted, diagnostics } = resolve(new SourceText('main.conf', 'include 0\n'), {
    profile: 'xinetd-2.3.15.3',
    tables: oracleTables(),
    files: { ...oracleFiles, read: read({ ...texts, 50: '' }) },
  });
  assert.deepEqual([accepted, diagnostics.at(-1)?.code], [false, 'endless-includes']);
});
