import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../../src/commands/make-folder.ts';

test('missing folders above are made, and one that is there is left', (t) => {
  const base = mkdtempSync(join(tmpdir(), 'xcfg-folder-'));
  t.after(() => rmSync(base, { recursive: true }));
  makeFolder(join(base, 'a', 'b'));
  makeFolder(join(base, 'a', 'b'));
  assert.ok(existsSync(join(base, 'a', 'b')));
  writeFileSync(join(base, 'file'), '');
  assert.throws(() => makeFolder(join(base, 'file', 'c')), { code: 'ENOTDIR' });
});

test('a file system that has no folders to make says so instead of trying for ever', {
  skip: existsSync('/proc/self') ? false : 'there is no /proc here',
}, () => {
  assert.throws(() => makeFolder('/proc/xcfg'), { code: 'ENOENT' });
});
