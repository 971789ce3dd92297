import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errnoText } from '../../src/serve/errno-text.ts';

test('an error has its text and its number, whoever knows them', () => {
  assert.equal(errnoText('EADDRINUSE'), 'Address already in use (errno = 98)');
  assert.equal(errnoText('ENOEXEC'), 'Exec format error (errno = 8)');
  assert.equal(errnoText('E94'), 'Socket type not supported (errno = 94)');
  assert.equal(errnoText('ESOCKTNOSUPPORT'), 'Socket type not supported (errno = 94)');
});

test('an error that nobody has words for keeps its name', () => {
  assert.equal(errnoText('EDQUOT'), 'EDQUOT');
  assert.equal(errnoText('ENOSUCH'), 'ENOSUCH');
});
