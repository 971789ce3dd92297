import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LintFile } from '../../src/commands/lint-file.ts';
import { LintSubject } from '../../src/commands/lint-subject.ts';
import { diskFiles } from '../../src/model/host/disk-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a file of a folder that is gone when its turn comes is named, and the others are looked at', (t) => {
  const cwd = temporaryFolder(t);
  const files = ['a', 'b', 'c'].map((name) => {
    writeFileSync(join(cwd, name), `service ${name}\n{\n}\n`);
    return new LintFile({ path: name, place: name, mayInclude: false });
  });
  const subject = new LintSubject(
    { path: '.', isFolder: true, isStdin: false, files },
    { files: diskFiles({ directory: cwd }), cwd, follow: true },
  );
  rmSync(join(cwd, 'b'));
  assert.deepEqual(
    subject.open().files.map(({ source }) => source.path),
    ['a', 'c'],
  );
  assert.deepEqual(
    subject.gone.map(({ message, location }) => `${location.source.path} ${message}`),
    ['b cannot be read: no such file or directory'],
  );
});
