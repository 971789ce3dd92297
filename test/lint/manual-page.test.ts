import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { lintTree } from '../../src/lint/lint.ts';
import { recommended } from '../../src/lint/presets.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { memoryFiles } from './support/memory-files.ts';

const page = fileURLToPath(
  new URL('../../.daemons/xinetd/usr/share/man/man5/xinetd.conf.5.gz', import.meta.url),
);

/** The samples of the sections that show one, the complete configuration first: `.IP` gives the name of an attribute, the next line the rest. */
function samplesOf(roff: string): string {
  const sections = roff.split(/^(?=\.SH )/m).filter((each) => /^\.SH "?(?:EXAMPLE|TCPMUX)/.test(each));
  const samples = sections
    .reverse()
    .flatMap((section) =>
      [...section.matchAll(/^\.nf\n([\s\S]*?)(?:^\.fi$|(?![\s\S]))/gm)].map(([, text = '']) => text),
    );
  const lines = samples
    .join('\n')
    .replace(/^\.IP "?(\w+)"?.*\n/gm, '\t$1 ')
    .split('\n');
  return `${lines
    .filter((line) => !/^[.']/.test(line))
    .join('\n')
    .replaceAll('\\-', '-')}\n`;
}

const skip = !existsSync(page) && 'the manual page comes with scripts/fetch-daemons.sh';

test('the samples of the manual page have the faults that the daemon finds, and no others', {
  skip,
}, async () => {
  const rules = (await loadRules()).filter((rule) => recommended(rule) !== 'off').map((rule) => ({ rule }));
  const source = new SourceText(
    '/etc/xinetd.conf',
    samplesOf(gunzipSync(readFileSync(page)).toString('utf8')),
  );
  const tree = readTree(source, { files: memoryFiles({}), cwd: '/', follow: true });
  const found = lintTree(tree, { rulesFor: () => rules }).filter(
    ({ code }) => !/^(?:security|performance)\//.test(code),
  );
  assert.match(source.text, /service unlisted[\s\S]*service tcpmux/);
  const codes = found.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  assert.deepEqual(codes, [
    // 24:00
    'correctness/invalid-access-times',
    // The sample of an unlisted service has no user.
    'correctness/missing-required-attribute',
    // TCPMUX without UNLISTED.
    'correctness/typed-service-attributes',
  ]);
});
