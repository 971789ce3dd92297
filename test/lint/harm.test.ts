import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Analysis } from '../../src/lint/analysis.ts';
import { harmOf } from '../../src/lint/harm.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from './support/memory-files.ts';

function harm(before: string, after: string): readonly string[] | null {
  const [from, to] = [before, after].map((text) => {
    const tree = readTree(new SourceText('/etc/xinetd.conf', text), {
      files: memoryFiles({}),
      cwd: '/',
      follow: true,
    });
    return new Analysis(tree).configuration;
  });
  assert.ok(from !== undefined && to !== undefined);
  const names = harmOf(from, to);
  return names === null ? null : [...names];
}

function service(name: string, ...lines: readonly string[]): string {
  const own = ['socket_type = stream', 'protocol = tcp', 'wait = no', 'user = nobody', 'server = /bin/cat'];
  return `service ${name}\n{\n${[...own, ...lines].map((line) => `\t${line}\n`).join('')}}\n`;
}

test('a service is lost whatever other entry of its name is switched off', () => {
  const rest = service('web', 'port = 82', 'type = UNLISTED', 'disable = yes') + service('one', 'port = 81');
  const web = service('web', 'port = 80', 'type = UNLISTED');
  assert.deepEqual(harm(rest + web, rest + web.replace('wait = no', 'wait = maybe')), ['web']);
  assert.equal(harm(rest + web, rest + web.replace('{\n', '{\n\tdisable = yes\n')), null);
});

test('what has no port is known by its name', () => {
  const mux = (name: string) => service(name, 'type = TCPMUX UNLISTED');
  const main = service('one', 'port = 81');
  assert.deepEqual(harm(main + mux('a'), main + mux('a') + mux('b')), ['b']);
  assert.deepEqual(harm(main + service('a'), main + service('a') + service('b')), ['b']);
});
