import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskTemplates } from '../../src/lint/templates.ts';
import { SourceText } from '../../src/text/source-text.ts';

function masked(text: string): string {
  return maskTemplates(new SourceText('x', text), [/\{\{[\s\S]*?\}\}/g]).readable.text;
}

test('a placeholder is a value that the daemon could take, of the same length', () => {
  assert.equal(masked('\twait = {{ w }}\n'), '\twait = no     \n');
  assert.equal(masked('\tserver_args = -v {{ a }}\n'), '\tserver_args = -v xxxxxxx\n');
  assert.equal(masked('\tinstances = {{ n }} 5\n'), '\tinstances = xxxxxxx 5\n');
  assert.equal(masked('{{ all }}\n'), '#xxxxxxxx\n');
});

test('of a value over several lines the first is the value, and the others are no lines of their own', () => {
  assert.equal(masked('\tdisable = {{ x |\n y }}\n}\n'), '\tdisable = no    \n#xxxx\n}\n');
  assert.equal(masked('\tdisable = {{ x |\r\ny }}\r\n}\r\n'), '\tdisable = no    \r\n#xxx\r\n}\r\n');
  assert.equal(masked('\tserver_args = -v {{ a\n\n b }} -w\n'), '\tserver_args = -v xxxx\n\n#xxxx -w\n');
});
