import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Checks documents against one of the published schemas. */
export function schemaChecker(
  name: 'ast' | 'entries' | 'lint-report' | 'xcfg',
): (document: unknown, what: string) => void {
  const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(file, 'utf8')),
  );
  return (document, what) => assert.ok(validate(document), `${what}: ${JSON.stringify(validate.errors)}`);
}
