import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InetdComparison } from './inetd-comparison.ts';
import { InetdTexts } from './inetd-texts.ts';

/*
 * Runs inside a private network: compares seeded texts and prints the report as JSON. Arguments: daemon, seed, number of
 * lines.
 */

const linesInFile = 40;
const firstPort = 20_000;
/** So many are enough to see what is wrong. */
const mostDifferences = 20;

const [, , daemon, seed, total] = process.argv;
if (daemon !== 'openbsdInetd' && daemon !== 'inetutilsInetd') throw new RangeError(`no daemon ${daemon}`);
const folder = mkdtempSync(join(tmpdir(), 'xcfg-inetd-'));
try {
  const comparison = new InetdComparison(daemon, folder);
  const { report } = comparison;
  const texts = new InetdTexts(Number(seed));
  while (report.lines < Number(total) && report.differences.length < mostDifferences) {
    await comparison.compare(texts.file(linesInFile, firstPort));
  }
  process.stdout.write(JSON.stringify(report));
} finally {
  rmSync(folder, { recursive: true });
}
