import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolve } from '../../../src/model/resolve.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { oracleFiles, oracleTables } from '../../support/oracle-host.ts';

test('a file that includes itself twice is given up: the daemon would read it 2^57 times', () => {
  const text = 'include main.conf\ninclude main.conf\n';
  const { accepted, exitCode, services, diagnostics } = resolve(new SourceText('main.conf', text), {
    profile: 'xinetd-2.3.15.3',
    tables: oracleTables(),
    files: {
      ...oracleFiles,
      read: (name) => (name === 'main.conf' ? { bytes: Buffer.from(text) } : oracleFiles.read(name)),
    },
  });
  assert.deepEqual({ accepted, exitCode, services }, { accepted: false, exitCode: null, services: [] });
  assert.equal(diagnostics.at(-1)?.code, 'endless-includes');
});
