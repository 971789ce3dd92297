// Runs the parts of the bench `serve` one after the other and prints the report. Started by ../serve.ts inside of a network
// of its own.
import { rmSync } from 'node:fs';
import { measureLargeLists } from './large-lists.ts';
import { measureManyServices } from './many-services.ts';
import { measureMemory } from './memory.ts';
import { compilePrograms } from './programs.ts';
import { measureRefusals } from './refusals.ts';
import { measureSpeed } from './speed.ts';
import { measureStart } from './start.ts';

const programs = compilePrograms();
try {
  const measures = [
    measureSpeed,
    measureManyServices,
    measureLargeLists,
    measureRefusals,
    measureStart,
    measureMemory,
  ];
  for (const measure of measures) console.log(`${await measure(programs)}\n`);
} finally {
  rmSync(programs.folder, { recursive: true });
}
