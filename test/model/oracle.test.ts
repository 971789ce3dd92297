import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { resolve } from '../../src/model/resolve.ts';
import type { Configuration } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { dumpedServices } from '../support/dumped-services.ts';
import { loggedMessage } from '../support/logged-message.ts';
import {
  oracleEnvironment,
  oracleFiles,
  oracleFolder,
  oracleHostName,
  oracleStart,
  oracleTables,
} from '../support/oracle-host.ts';

/*
 * Every case holds what the real daemon did with a configuration: the model under its profile says the same, to the
 * last line of its state dump and its log.
 */

interface Recorded {
  readonly accepted: boolean;
  readonly exit_code: number | null;
  readonly services: readonly Readonly<Record<string, unknown>>[];
  readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
}

const tables = oracleTables();
const host = { hostName: oracleHostName, environment: oracleEnvironment };
const names = readdirSync(oracleFolder)
  .filter((name) => name.endsWith('.expect.json'))
  .map((name) => name.slice(0, -'.expect.json'.length))
  .sort();

for (const name of names) {
  test(name, () => {
    const recorded = JSON.parse(
      readFileSync(path.join(oracleFolder, `${name}.expect.json`), 'utf8'),
    ) as Recorded;
    const configuration = resolve(`${name}.conf`, {
      profile: 'xinetd-2.3.15.3',
      tables,
      files: oracleFiles,
      environment: oracleEnvironment.keys(),
      start: oracleStart,
      ...inetdOption(name),
    });
    assert.deepEqual(
      {
        accepted: configuration.accepted,
        exitCode: configuration.exitCode,
        services: dumpedServices(configuration, host),
        diagnostics: logged(configuration),
      },
      {
        accepted: recorded.accepted,
        exitCode: recorded.exit_code,
        services: recorded.services,
        diagnostics: recorded.diagnostics.map(({ func: _, ...rest }) => rest),
      },
    );
  });
}

function inetdOption(name: string): { inetdCompat?: SourceText } {
  const file = path.join(oracleFolder, `${name}.inetd`);
  return existsSync(file) ? { inetdCompat: SourceText.fromBytes(file, readFileSync(file)) } : {};
}

/** The log as the recorder took it: runs of one message are counted, a process id is no part of it. */
function logged(configuration: Configuration): readonly Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  for (const entry of configuration.diagnostics.map(loggedMessage)) {
    const last = lines.at(-1);
    const { repeat = 1, ...same } = last ?? {};
    if (last !== undefined && JSON.stringify(same) === JSON.stringify(entry))
      last.repeat = Number(repeat) + 1;
    else lines.push({ ...entry });
  }
  return lines;
}
