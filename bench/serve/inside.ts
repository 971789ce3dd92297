// Runs the parts of the bench `serve` one after the other and prints the report. Started by ../serve.ts inside of a network
// of its own.
import { rmSync } from 'node:fs';
import { measureManyServices } from './many-services.ts';
import { measureMemory } from './memory.ts';
import { compilePrograms } from './programs.ts';
import { measureRefusals } from './refusals.ts';
import { measureSpeed } from './speed.ts';
import { measureStart } from './start.ts';

const programs = compilePrograms();
try {
  for (const measure of [measureSpeed, measureManyServices, measureRefusals, measureStart, measureMemory]) {
    console.log(`${await measure(programs)}\n`);
  }
} finally {
  rmSync(programs.folder, { recursive: true });
}
