// Runs the parts of the bench `serve` one after the other, or those that are named, and prints the report:
// node --import tsx bench/serve/inside.ts [PART...]. Needs root, for a network of its own.
import { rmSync } from 'node:fs';
import { measureLargeLists } from './large-lists.ts';
import { measureManyServers } from './many-servers.ts';
import { measureManyServices } from './many-services.ts';
import { measureMemory } from './memory.ts';
import { inOwnNetwork } from './own-network.ts';
import { compilePrograms, type Programs } from './programs.ts';
import { measureRefusals } from './refusals.ts';
import { measureSpeed } from './speed.ts';
import { measureStart } from './start.ts';

const parts: ReadonlyMap<string, (programs: Programs) => Promise<string>> = new Map([
  ['speed', measureSpeed],
  ['many-services', measureManyServices],
  ['large-lists', measureLargeLists],
  ['refusals', measureRefusals],
  ['start', measureStart],
  ['memory', measureMemory],
  ['many-servers', measureManyServers],
]);

const named = process.argv.slice(2);
const unknown = named.find((name) => !parts.has(name));
if (unknown === undefined) await inOwnNetwork(measure);
else {
  console.error(`no part "${unknown}"; there are ${[...parts.keys()].join(', ')}`);
  process.exitCode = 2;
}

async function measure(): Promise<void> {
  const programs = compilePrograms();
  try {
    for (const [name, part] of parts) {
      if (named.length === 0 || named.includes(name)) console.log(`${await part(programs)}\n`);
    }
  } finally {
    rmSync(programs.folder, { recursive: true });
  }
}
