import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { restore } from '../../../src/ast/restore.ts';
import { dialectNamed } from '../../../src/catalog/inetd-dialects.ts';
import { type NeutralFile, neutralFile } from '../../../src/grammar/inetd/neutral.ts';
import { parseInetd } from '../../../src/grammar/inetd/parse.ts';
import { isWellKnownService } from '../../../src/grammar/inetd/service-names.ts';
import { SourceText } from '../../../src/text/source-text.ts';

/** Recorded cases; the rest of their fields says how it was found out. */
interface InetdCase extends Partial<NeutralFile> {
  readonly description: string;
  /** `union`, or the dialect that must be given. */
  readonly parseAs: string;
}

/** Cases of all dialects, and what real daemons did with lines that a random search had found. */
const folders = ['inetd-cases', 'inetd-observed'].map((name) =>
  fileURLToPath(new URL(`../../../fixtures/${name}/`, import.meta.url)),
);
const cases = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.conf'))
    .map((file) => ({ folder, name: file.slice(0, -'.conf'.length) })),
);

for (const { folder, name } of cases) {
  const expected: InetdCase = JSON.parse(readFileSync(`${folder}${name}.expect.json`, 'utf8'));
  test(`${name}: ${expected.description}`, () => {
    const source = SourceText.fromBytes(`${name}.conf`, readFileSync(`${folder}${name}.conf`));
    const dialect = dialectNamed(expected.parseAs === 'union' ? 'auto' : expected.parseAs);
    assert.ok(dialect, `no dialect ${expected.parseAs}`);
    const parsed = parseInetd(source, { dialect });
    // As JSON, so that what is undefined is absent.
    const actual: NeutralFile = JSON.parse(
      JSON.stringify(neutralFile(parsed, { isKnownService: isWellKnownService })),
    );
    assert.deepEqual(actual.entries, expected.entries);
    assert.deepEqual(withoutReasons(actual), withoutReasons(expected));
    assert.deepEqual(actual.directives, expected.directives ?? []);
    assert.equal(restore(parsed.file, source), source.text);
  });
}

/** Faults without their wording, in an order of their own: one line can have several. */
function withoutReasons({ errors = [] }: Partial<NeutralFile>): string[] {
  return errors.map(({ line, severity, code }) => `${line} ${severity} ${code}`).sort();
}
