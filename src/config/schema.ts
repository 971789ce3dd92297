import * as v from 'valibot';
import type { Configuration } from './configuration.ts';
import { isPattern } from './option-fault.ts';

const level = v.picklist(['off', 'info', 'warning', 'error']);
const ruleEntry = v.union([level, v.tuple([level, v.record(v.string(), v.unknown())])]);
const rules = v.record(v.string(), ruleEntry);
const strings = v.array(v.string());
const pattern = v.pipe(v.string(), v.check(isPattern, 'must be a regular expression'));

const target = v.strictObject({
  daemon: v.optional(v.picklist(['xinetd', 'inetd'])),
  version: v.optional(
    v.pipe(v.string(), v.regex(/^2\.3\.\d+(?:\.\d+)?$/, 'must be a version of xinetd, such as "2.3.15.3"')),
  ),
  platform: v.optional(v.string()),
  inetdDialect: v.optional(v.string()),
  libwrap: v.optional(v.boolean()),
  inetdCompat: v.optional(v.boolean()),
  environment: v.optional(v.picklist(['host', 'container'])),
});

/** The shape of a configuration file; schema/xcfg.schema.json says the same for editors. */
export const configurationSchema: v.GenericSchema<unknown, Configuration> = v.strictObject({
  $schema: v.optional(v.string()),
  root: v.optional(v.boolean()),
  target: v.optional(target),
  files: v.optional(v.record(v.string(), v.picklist(['xinetd', 'inetd']))),
  extends: v.optional(strings),
  rules: v.optional(rules),
  overrides: v.optional(
    v.array(v.strictObject({ files: strings, extends: v.optional(strings), rules: v.optional(rules) })),
  ),
  locked: v.optional(strings),
  failOn: v.optional(v.picklist(['info', 'warning', 'error'])),
  requireReason: v.optional(v.boolean()),
  network: v.optional(v.strictObject({ firewalled: v.optional(v.boolean()) })),
  facts: v.optional(
    v.pipe(
      v.strictObject({
        mode: v.optional(v.picklist(['off', 'snapshot', 'live'])),
        file: v.optional(v.string()),
        root: v.optional(v.string()),
        dns: v.optional(v.boolean()),
      }),
      v.check(
        ({ mode, file }) => mode !== 'snapshot' || file !== undefined,
        'needs a "file": the snapshot that "xcfg facts" has written',
      ),
    ),
  ),
  templates: v.optional(v.strictObject({ ignorePatterns: v.optional(v.array(pattern)) })),
}) as v.GenericSchema<unknown, Configuration>;

/** The keys that may stand in the object at a place, for suggestions; a rule or a file has any name. */
export function keysAt(path: readonly (string | number)[]): readonly string[] {
  let at: SchemaPart | undefined = configurationSchema as SchemaPart;
  for (const key of path) at = unwrapped(typeof key === 'number' ? at?.item : at?.entries?.[key]);
  return Object.keys(at?.entries ?? {});
}

/** What schemas of objects, lists and optional values are made of. */
interface SchemaPart {
  readonly entries?: Readonly<Record<string, SchemaPart>>;
  readonly item?: SchemaPart;
  readonly wrapped?: SchemaPart;
}

function unwrapped(part: SchemaPart | undefined): SchemaPart | undefined {
  return part?.wrapped ?? part;
}
