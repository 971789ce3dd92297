// Runs the benches that are named, or all of them, prints what they measured and puts it into bench/RESULTS.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import type { Bench } from './support/bench.ts';

const results = new URL('RESULTS.md', import.meta.url);
const introduction = `# Measurements

Ratios of one run on one machine are what counts here; times differ from machine to machine. \`npm run bench\` measures
again, \`npm run bench -- NAME\` one of them.
`;

const available = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => basename(name, '.ts'))
  .sort();
const named = process.argv.slice(2);
const unknown = named.find((name) => !available.includes(name));
if (unknown === undefined) await runAll(named.length > 0 ? named : available);
else {
  console.error(`no bench "${unknown}"; there are ${available.join(', ')}`);
  process.exitCode = 2;
}

async function runAll(names: readonly string[]): Promise<void> {
  const sections = readSections();
  for (const name of names) {
    const { bench }: { bench: Bench } = await import(`./${name}.ts`);
    const report = await bench.run();
    console.log(`## ${bench.name}\n\n${report}\n`);
    sections.set(bench.name, `${environment()}\n\n${report}`);
  }
  const text = [...sections]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, body]) => `\n## ${name}\n\n${body}\n`);
  writeFileSync(results, introduction + text.join(''));
}

/** The sections of the report as it stands, by name. */
function readSections(): Map<string, string> {
  let text = '';
  try {
    text = readFileSync(results, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const [, ...parts] = text.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end).trim()];
    }),
  );
}

function environment(): string {
  const cores = cpus();
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cores.length} cores.`;
}
