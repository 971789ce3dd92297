// Records what the real xinetd does with cases of fixtures/oracle-xinetd, for cases that are new. NAME.inetd beside NAME.conf
// is read with -inetd_compat:
// node --import tsx test/differential/record.ts NAME...
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { oracleFolder } from '../support/oracle-host.ts';
import type { DaemonResult } from './case.ts';
import { runXinetd } from './run-xinetd.ts';

const names = process.argv.slice(2);
const read = (file: string) => readFileSync(path.join(oracleFolder, file), 'latin1');
// The runner calls every configuration main.conf, and a file may include itself.
const cases = names.map((name) => ({
  main: read(`${name}.conf`).replaceAll(`${name}.conf`, 'main.conf'),
  files: {},
  inetd: existsSync(path.join(oracleFolder, `${name}.inetd`)) ? read(`${name}.inetd`) : null,
}));
for (const [at, result] of runXinetd(cases).entries()) {
  if (!result.isInTime) throw new Error(`${names[at]} takes too long`);
  const text = JSON.stringify(recorded(result), undefined, 1).replaceAll('main.conf', `${names[at]}.conf`);
  writeFileSync(path.join(oracleFolder, `${names[at]}.expect.json`), `${text}\n`);
}

function recorded({ exitCode, services, diagnostics }: DaemonResult): object {
  return {
    accepted: exitCode === null,
    exit_code: exitCode,
    services,
    diagnostics: counted(diagnostics),
  };
}

/** Runs of one message stand once, with their number. */
function counted(diagnostics: DaemonResult['diagnostics']): readonly object[] {
  const lines: { readonly key: string; readonly message: object; repeat: number }[] = [];
  for (const message of diagnostics) {
    const key = JSON.stringify(message);
    const last = lines.at(-1);
    if (last?.key === key) last.repeat++;
    else lines.push({ key, message, repeat: 1 });
  }
  return lines.map(({ message, repeat }) => (repeat === 1 ? message : { ...message, repeat }));
}
