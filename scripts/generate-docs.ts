// Writes the generated documents, or with --check says which of them are not up to date. A generator gives the files
// it is responsible for: path from the project root, and text.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { attributePages } from './docs/attribute-pages.ts';
import { commandPages } from './docs/command-pages.ts';
import { compatibilityPage } from './docs/compatibility-page.ts';
import { configurationSchema } from './docs/configuration-schema.ts';
import { conversionPage } from './docs/conversion-page.ts';
import { lintQualityPage } from './docs/lint-quality-page.ts';
import { manPages } from './docs/man-pages.ts';
import { rulePages } from './docs/rule-pages.ts';

type Document = readonly [path: string, text: string];
type Generator = () => Iterable<Document> | AsyncIterable<Document>;

const generators: readonly Generator[] = [
  commandPages,
  manPages,
  attributePages,
  compatibilityPage,
  conversionPage,
  rulePages,
  lintQualityPage,
  configurationSchema,
];

const isCheck = process.argv.includes('--check');
let stale = 0;
for (const generate of generators) {
  for await (const [path, text] of generate()) {
    if (readIfThere(path) === text) continue;
    stale++;
    console.log(`${isCheck ? 'out of date' : 'written'}: ${path}`);
    if (isCheck) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
if (isCheck && stale > 0) {
  console.log('run "npm run docs" and commit the result');
  process.exitCode = 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
