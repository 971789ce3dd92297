import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parse } from '../../src/grammar/parse.ts';
import type { Host } from '../../src/lint/host.ts';
import { lintTree } from '../../src/lint/lint.ts';
import { readTree } from '../../src/lint/read-tree.ts';
import { loadRules } from '../../src/lint/registry.ts';
import { defaultTarget } from '../../src/lint/target.ts';
import type { ModelFiles } from '../../src/model/host-tables.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Configuration, ModelDiagnostic } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { dumpedServices } from '../../test/support/dumped-services.ts';
import {
  oracleEnvironment,
  oracleFiles,
  oracleFolder,
  oracleHostName,
  oracleStart,
  oracleTables,
} from '../../test/support/oracle-host.ts';

/** A place of a recorded case at which the daemon drops, ignores or misreads something. */
export interface Fault {
  /** Name of the case. */
  readonly name: string;
  readonly file: string;
  /** The line that the daemon names, or the entry that it is about; null where it is about no place. */
  readonly lines: { readonly first: number; readonly last: number } | null;
  /** What the daemon says, or how it reads the text without a word. */
  readonly what: string;
  readonly isFound: boolean;
}

/** Case and line: how a reason names a fault. */
export function faultKey({ name, file, lines }: Fault): string {
  return lines === null ? name : `${file}:${lines.first} in ${name}`;
}

const cwd = '/oracle';
const inetdConf = '/etc/inetd.conf';
/** Where the linter looks for it: beside the main file. */
const inetdBesideMain = `${cwd}/inetd.conf`;
const tables = oracleTables();
const rules = (await loadRules()).map((rule) => ({ rule }));

/** The machine of the recordings, as far as it is known. */
const host: Host = {
  hasFacts: true,
  tables,
  isLocalAddress: (address) => oracleStart.isLocalAddress(address),
  path: (name) => {
    const kind = oracleFiles.kind(relative(name));
    return { kind, owner: 0, mode: oracleFiles.isExecutable(name) ? 0o755 : 0o644 };
  },
};

/** The linter knows files by absolute names, the recordings by names from the folder of the run. */
const files: ModelFiles = {
  read: (name) => oracleFiles.read(relative(name)),
  list: (name) => oracleFiles.list(relative(name)),
  kind: (name) => oracleFiles.kind(relative(name)),
  identity: (name) => oracleFiles.identity(relative(name)),
  isExecutable: (name) => oracleFiles.isExecutable(relative(name)),
};

function relative(name: string): string {
  if (name === path.posix.basename(inetdBesideMain)) return inetdConf;
  return name.startsWith(`${cwd}/`) ? name.slice(cwd.length + 1) : name;
}

/** Every fault of every recorded case. */
export function oracleFaults(): readonly Fault[] {
  return readdirSync(oracleFolder)
    .filter((name) => name.endsWith('.expect.json'))
    .sort()
    .flatMap((file) => faultsOf(file.slice(0, -'.expect.json'.length)));
}

/** What is no fault of the text: the log of a start, and that nothing is left to run. */
const notOfTheText: ReadonlySet<string> = new Set(['no-services', 'no-configuration', 'bind-retry', 'crash']);

/** Rules about what the daemon does with the text; a finding of taste on the same line would be none of this. */
const relevant = /^(?:syntax|correctness|portability)\//;

function faultsOf(name: string): Fault[] {
  const daemon = resolveCase(name, 'xinetd-2.3.15.3');
  const found = findings(name).filter(({ code }) => relevant.test(code));
  const loop = loopIn(name);
  // Inside a loop descriptors run out, and then every look-up fails: the fault is the loop.
  if (loop !== undefined) {
    const what = 'the file includes itself, until no look-up works any more';
    return [{ name, ...loop, what, isFound: found.some((each) => touches(each, loop)) }];
  }
  const seen = new Set<string>();
  const faults: Fault[] = [];
  const add = (diagnostic: ModelDiagnostic, what: string) => {
    const place = placeOf(diagnostic);
    const key = `${place?.file} ${place?.lines.first}`;
    if (seen.has(key)) return;
    seen.add(key);
    const isFound = place === undefined ? found.length > 0 : found.some((each) => touches(each, place));
    faults.push({ name, file: place?.file ?? '', lines: place?.lines ?? null, what: what.trim(), isFound });
  };
  for (const each of daemon.diagnostics) {
    if (/^(?:ERROR|WARNING|CRITICAL)$/.test(each.severity) && !notOfTheText.has(each.code)) {
      add(each, each.message);
    }
  }
  if (faults.length > 0) return faults;
  // Without a word from the daemon: where what it runs is not what the manual says.
  const documented = resolveCase(name, 'serve');
  if (sameServices(daemon, documented)) return [];
  for (const each of documented.diagnostics) {
    if (/^(?:ERROR|WARNING)$/.test(each.severity)) add(each, `reads in silence: ${each.message}`);
  }
  if (faults.length > 0) return faults;
  // Both take it without a word, and for different things: nobody names the place.
  const what = 'reads in silence something else than the manual says';
  return [{ name, file: '', lines: null, what, isFound: found.length > 0 }];
}

function resolveCase(name: string, profile: 'xinetd-2.3.15.3' | 'serve'): Configuration {
  const inetd = path.join(oracleFolder, `${name}.inetd`);
  return resolve(`${name}.conf`, {
    profile,
    tables,
    files: oracleFiles,
    environment: oracleEnvironment.keys(),
    start: oracleStart,
    ...(existsSync(inetd) ? { inetdCompat: SourceText.fromBytes(inetdConf, readFileSync(inetd)) } : {}),
  });
}

function sameServices(a: Configuration, b: Configuration): boolean {
  const dump = (each: Configuration) =>
    JSON.stringify(dumpedServices(each, { hostName: oracleHostName, environment: oracleEnvironment }));
  return dump(a) === dump(b);
}

/** What all rules find in the files of a case, which the daemon reads with -inetd_compat where it has an inetd.conf. */
function findings(name: string): readonly Diagnostic[] {
  const main = `${name}.conf`;
  const source = SourceText.fromBytes(main, readFileSync(path.join(oracleFolder, main)));
  const inetd = path.join(oracleFolder, `${name}.inetd`);
  const inetdCompat = existsSync(inetd);
  const read: ModelFiles['read'] = (name) =>
    inetdCompat && name === inetdBesideMain ? { bytes: readFileSync(inetd) } : files.read(name);
  const tree = readTree(source, {
    files: { ...files, read },
    cwd,
    follow: true,
    format: 'xinetd',
    inetdCompat,
  });
  return lintTree(tree, { rulesFor: () => rules, host, target: { ...defaultTarget, inetdCompat } });
}

/** The directive with which a case comes back to a file that is being read. */
function loopIn(name: string): Place | undefined {
  const source = SourceText.fromBytes(`${name}.conf`, readFileSync(path.join(oracleFolder, `${name}.conf`)));
  const { inclusions } = readTree(source, { files, cwd, follow: true, format: 'xinetd' });
  const by = inclusions.find(({ outcome }) => outcome === 'loop')?.by;
  if (by === undefined || by === null) return undefined;
  const line = by.file.source.lineAt(by.directive.start);
  return { file: relative(by.file.source.path), lines: { first: line, last: line } };
}

interface Place {
  readonly file: string;
  readonly lines: { readonly first: number; readonly last: number };
}

function placeOf({ file, line, location }: ModelDiagnostic): Place | undefined {
  // Of what it cannot read in a folder the daemon gives the line of another file.
  if (file !== undefined && oracleFiles.kind(file) !== 'file' && file !== inetdConf) return undefined;
  if (location === null) {
    return file === undefined || line === undefined
      ? undefined
      : { file, lines: { first: line, last: line } };
  }
  const { source, range } = location;
  const first = line ?? source.lineAt(range.start);
  const { children } = parse(source, { format: source.path === inetdConf ? 'inetd' : 'xinetd' }).file;
  const entry = children.find(({ start }) => source.lineAt(start) === first);
  // What names no line, or the first of an entry, is about the entry.
  const last = entry === undefined ? first : source.lineAt(Math.max(entry.start, entry.end - 1));
  return { file: file ?? source.path, lines: { first, last } };
}

function touches({ location, related = [] }: Diagnostic, { file, lines }: Place): boolean {
  return [location, ...related].some(({ source, range }) => {
    if (path.posix.normalize(relative(source.path)) !== path.posix.normalize(file)) return false;
    return source.lineAt(range.start) <= lines.last && lines.first <= source.lineAt(range.end);
  });
}
