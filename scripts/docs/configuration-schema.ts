import { dialectNames } from '../../src/catalog/inetd-dialects.ts';
import { presets } from '../../src/lint/presets.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { type Rule, type RuleOption, ruleGroups } from '../../src/lint/rule.ts';

const rules = await loadRules();
const level = { enum: ['off', 'info', 'warning', 'error'] };
const text = { type: 'string' };
const texts = { type: 'array', items: text };

/** schema/xcfg.schema.json: what editors offer and check in xcfg.json. */
export function* configurationSchema(): Iterable<readonly [path: string, text: string]> {
  yield ['schema/xcfg.schema.json', `${JSON.stringify(schema(), null, 2)}\n`];
}

function schema() {
  const extended = {
    type: 'array',
    items: {
      description: 'A preset, or the path of another configuration file.',
      anyOf: [{ enum: Object.keys(presets) }, { type: 'string', pattern: '^[./]|\\.json$' }],
    },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:xcfg:schema:configuration:1',
    title: 'Configuration of xcfg',
    description: 'xcfg.json, .xcfg.json, or the key "xcfg" of package.json.',
    ...object({
      $schema: text,
      root: described({ type: 'boolean' }, 'No configuration file further up is looked for.'),
      target: described(
        object({
          daemon: { enum: ['xinetd', 'inetd'] },
          version: { type: 'string', pattern: '^2\\.3\\.\\d+(?:\\.\\d+)?$' },
          platform: text,
          inetdDialect: { enum: dialectNames },
          libwrap: { type: 'boolean' },
          inetdCompat: { type: 'boolean' },
          environment: { enum: ['host', 'container'] },
        }),
        'The machine and daemon that the files are for.',
      ),
      files: described(
        { type: 'object', additionalProperties: { enum: ['xinetd', 'inetd'] } },
        'Formats of files whose text does not say it, by pattern.',
      ),
      extends: described(extended, 'Later ones win.'),
      rules: { $ref: '#/$defs/Rules' },
      overrides: described(
        {
          type: 'array',
          items: {
            ...object({ files: texts, extends: extended, rules: { $ref: '#/$defs/Rules' } }),
            required: ['files'],
          },
        },
        'Further settings for the files that patterns mean.',
      ),
      locked: described(
        { type: 'array', items: { $ref: '#/$defs/RulePattern' } },
        'Rules that no comment can silence.',
      ),
      failOn: described(
        { enum: ['info', 'warning', 'error'] },
        'The lowest severity that makes the exit status 1.',
      ),
      requireReason: described({ type: 'boolean' }, 'Suppression comments need a reason.'),
      network: object({ firewalled: { type: 'boolean' } }),
      facts: described(
        {
          ...object({
            mode: { enum: ['off', 'snapshot', 'live'] },
            file: text,
            root: text,
            dns: { type: 'boolean' },
          }),
          if: { properties: { mode: { const: 'snapshot' } }, required: ['mode'] },
          // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
          then: { properties: { file: true }, required: ['file'] },
        },
        'What may be known of the machine.',
      ),
      templates: object({
        ignorePatterns: described(
          { type: 'array', items: { type: 'string', format: 'regex' } },
          'What stands for placeholders in templates.',
        ),
      }),
    }),
    $defs: {
      RulePattern: { enum: rulePatterns() },
      Rules: object({
        ...Object.fromEntries(ruleGroups.map((group) => [`${group}/*`, entry({})])),
        ...Object.fromEntries(rules.map((rule) => [rule.meta.name, ruleEntry(rule)])),
      }),
    },
  };
}

function rulePatterns(): readonly string[] {
  return [...rules.map(({ meta }) => meta.name), ...ruleGroups.map((group) => `${group}/*`)];
}

function ruleEntry({ meta }: Rule) {
  const options = Object.entries(meta.options ?? {}).map(([name, option]) => [name, optionShape(option)]);
  return described(entry(Object.fromEntries(options)), `${meta.summary}.`);
}

function entry(options: Readonly<Record<string, unknown>>) {
  return {
    anyOf: [
      level,
      { type: 'array', prefixItems: [level, object(options)], minItems: 2, maxItems: 2, items: false },
    ],
  };
}

function optionShape({ default: standard, summary, isPattern }: RuleOption) {
  if (Array.isArray(standard)) {
    return described(
      isPattern === true ? { type: 'array', items: { type: 'string', format: 'regex' } } : texts,
      summary,
    );
  }
  if (typeof standard === 'object') return described({ type: 'object', additionalProperties: text }, summary);
  return described({ type: typeof standard }, summary);
}

function object(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', additionalProperties: false, properties };
}

function described<Shape extends object>(shape: Shape, description: string) {
  return { description, ...shape };
}
