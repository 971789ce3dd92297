import * as v from 'valibot';
import type { HostFacts } from './host-facts.ts';

const number = v.pipe(v.number(), v.integer());
const named = v.object({ name: v.string(), number });

const pathFacts = v.object({
  kind: v.picklist(['file', 'directory', 'other', 'missing', 'broken-link']),
  owner: v.optional(number),
  mode: v.optional(number),
  hasLooseParents: v.optional(v.boolean()),
  hasInterpreterLine: v.optional(v.boolean()),
  isText: v.optional(v.boolean()),
});

const hostFacts = v.object({
  version: v.literal(1),
  services: v.array(v.object({ name: v.string(), port: number, protocol: v.string() })),
  protocols: v.array(named),
  rpc: v.array(named),
  users: v.array(v.object({ name: v.string(), uid: number, gid: number })),
  groups: v.array(v.object({ name: v.string(), gid: number })),
  addresses: v.array(v.string()),
  paths: v.record(v.string(), pathFacts),
}) as v.GenericSchema<unknown, HostFacts>;

/** Reads a snapshot that `xcfg facts` has written; undefined when the text is none. */
export function parseFacts(text: string): HostFacts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const result = v.safeParse(hostFacts, value);
  return result.success ? result.output : undefined;
}
