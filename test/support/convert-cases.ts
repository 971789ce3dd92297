import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../fixtures/convert-cases', import.meta.url));

export interface CaseDiagnostic {
  readonly level: 'E' | 'W' | 'I';
  readonly line: number;
  readonly code: string;
}

/** A recorded conversion: input, options, and what it has to give. */
export interface ConvertCase {
  readonly name: string;
  readonly kind: 'inetd-to-xinetd' | 'xinetd-to-inetd' | 'to-systemd';
  readonly inputName: string;
  readonly input: Buffer;
  /** Words of the command line. */
  readonly options: readonly string[];
  readonly knownUsers: readonly string[];
  readonly diagnostics: readonly CaseDiagnostic[];
  readonly exit: number;
  /** The one document, for the formats that have one. */
  readonly wanted: string;
  /** Unit files by name. */
  readonly units: Readonly<Record<string, string>>;
  /** Ids of the services that the real xinetd started with the wanted result; null where it was not run. */
  readonly started: readonly string[] | null;
  /** What of the run with real daemons could not be checked, or null. */
  readonly notChecked: string | null;
  /** What the real inetd took over from the wanted result, line by line of its debug output. */
  readonly added: readonly string[] | null;
  /** What systemd-analyze 252 said to each unit. */
  readonly verify: Readonly<Record<string, { readonly exit: number; readonly output: string }>>;
}

interface Meta {
  readonly dialect?: string;
  readonly target_dialect?: string;
  readonly daemon_dir?: string;
  readonly known_users?: readonly string[];
  readonly want?: { readonly diagnostics: readonly CaseDiagnostic[]; readonly exit: number };
  readonly diagnostics?: readonly CaseDiagnostic[];
  readonly exit?: number;
  readonly options?: { readonly systemd_version: number; readonly stderr: string };
  readonly xinetd_2_3_15_3?: { readonly want?: { readonly started?: readonly string[] } };
  readonly inetd_run?: { readonly added: readonly string[] };
  readonly not_checked?: string;
  readonly verify_252?: ConvertCase['verify'];
}

export function convertCases(): readonly ConvertCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.meta.json'))
    .map((file) => readCase(file.replace(/\.meta\.json$/, '')));
}

function readCase(name: string): ConvertCase {
  const meta = JSON.parse(text(`${name}.meta.json`)) as Meta;
  const kind = /^i?sd-/.test(name)
    ? 'to-systemd'
    : name.startsWith('xi-')
      ? 'xinetd-to-inetd'
      : 'inetd-to-xinetd';
  const inputName = existsSync(join(folder, `${name}.inetd`)) ? `${name}.inetd` : `${name}.xinetd`;
  const wanted = { 'inetd-to-xinetd': 'want.xinetd', 'xinetd-to-inetd': 'want.inetd', 'to-systemd': '' }[
    kind
  ];
  return {
    name,
    kind,
    inputName,
    input: readFileSync(join(folder, inputName)),
    options: optionsOf(meta, kind),
    knownUsers: meta.known_users ?? [],
    diagnostics: meta.want?.diagnostics ?? meta.diagnostics ?? [],
    exit: meta.want?.exit ?? meta.exit ?? 0,
    wanted: wanted === '' ? '' : text(`${name}.${wanted}`),
    units: readUnits(join(folder, `${name}.units`)),
    started: meta.xinetd_2_3_15_3?.want?.started ?? null,
    notChecked: meta.not_checked ?? null,
    added: meta.inetd_run?.added ?? null,
    verify: meta.verify_252 ?? {},
  };
}

function optionsOf(meta: Meta, kind: ConvertCase['kind']): readonly string[] {
  const to = { 'inetd-to-xinetd': 'xinetd', 'xinetd-to-inetd': 'inetd', 'to-systemd': 'systemd' }[kind];
  const dialect = meta.dialect ?? meta.target_dialect;
  return [
    `--to=${to}`,
    ...(dialect === undefined ? [] : [`--dialect=${dialect}`]),
    ...(meta.daemon_dir === undefined ? [] : ['-daemon_dir', meta.daemon_dir]),
    ...(meta.options === undefined
      ? []
      : [`--systemd-version=${meta.options.systemd_version}`, `--stderr=${meta.options.stderr}`]),
  ];
}

function readUnits(units: string): Record<string, string> {
  if (!existsSync(units)) return {};
  return Object.fromEntries(
    readdirSync(units).map((name) => [name, readFileSync(join(units, name), 'utf8')]),
  );
}

function text(file: string): string {
  return readFileSync(join(folder, file), 'latin1');
}
