import type { Location } from '../../diagnostics/diagnostic.ts';
import type { ParseResult } from '../../grammar/result.ts';
import { parseXinetd } from '../../grammar/xinetd/parse.ts';
import type { HostTables, ModelFiles } from '../../model/host-tables.ts';
import { resolve } from '../../model/resolve.ts';
import type { Configuration, DroppedEntry, ModelDiagnostic } from '../../model/service.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Report } from '../diagnostic.ts';
import { conversionQuirks } from './conversion-quirks.ts';
import { IgnoredLines } from './ignored-lines.ts';
import type { LostEntry, Remarks, SourceConfiguration, SourceService } from './source-configuration.ts';

/** Codes that faults have in a conversion, where they are not those of the model. */
type Codes = Readonly<Record<string, string>>;

/** What the daemon takes away or does not know is lost to the result as the setting would be. */
const codesOfRemarks: Codes = {
  'intercept-nowait': 'intercept-lost',
  'intercept-internal': 'intercept-lost',
};

/** Resolves an xinetd configuration for a conversion, and says what of it does not count. */
export function readXinetd(
  main: SourceText,
  tables: HostTables,
  files: ModelFiles,
  report: Report,
  codes: Codes = {},
): SourceConfiguration {
  const trees = new Map<SourceText, ParseResult>();
  const configuration = resolve(main, {
    profile: 'xinetd-2.3.15.3',
    quirks: conversionQuirks,
    tables,
    files,
    environment: 'any',
    stayAlive: true,
    parse: (source) => {
      const tree = trees.get(source) ?? parseXinetd(source);
      trees.set(source, tree);
      return tree;
    },
  });
  const services = configuration.services.map((service): SourceService => ({ service, isDisabled: false }));
  const missing: DroppedEntry[] = [];
  for (const entry of configuration.dropped) {
    if (entry.whenEnabled !== null) services.push({ service: entry.whenEnabled, isDisabled: true });
    else missing.push(entry);
  }
  const ignored = new IgnoredLines(trees.values(), services);
  const remarks = reportRemarks(configuration, main, ignored, report);
  for (const source of trees.keys()) reportCrlf(source, report);
  const lost = missing.map((entry) => lostEntry(entry, codes, report));
  return { services: inPlaceOrder(services), lost, trees: [...trees.values()], remarks };
}

/** To the daemon the CR belongs to the last word of a line; as for inetd.conf it is taken for a slip. */
function reportCrlf(source: SourceText, report: Report): void {
  const at = source.text.indexOf('\r\n');
  if (at === -1) return;
  const text = 'carriage returns at line ends are dropped; to xinetd they belong to the values';
  report({ level: 'W', code: 'crlf', file: source.path, line: source.lineAt(at), text });
}

/**
 * What the daemon says about lines that it passes over, and about text outside of entries. Files that are too deep for us
 * are none too deep for it.
 */
function reportRemarks(
  { dropped, diagnostics }: Configuration,
  main: SourceText,
  ignored: IgnoredLines,
  report: Report,
): Remarks {
  const remarks = new Map<SourceText, Map<number, string>>();
  const reasons = new Set(dropped.flatMap((entry) => entry.faultsWhenEnabled));
  for (const diagnostic of diagnostics) {
    if (reasons.has(diagnostic) || !isComplaint(diagnostic)) continue;
    const { location } = diagnostic;
    if (location !== null && isMdns(location)) continue;
    const code = codesOfRemarks[diagnostic.code] ?? diagnostic.code;
    const file = diagnostic.file ?? location?.source.path ?? main.path;
    const line = diagnostic.line ?? location?.source.lineAt(location.range.start) ?? 0;
    const level = diagnostic.code === 'include-depth' ? 'E' : 'W';
    report({ level, code, file, line, text: ignored.textOf(diagnostic) });
    if (location !== null) {
      const codes = remarks.get(location.source) ?? new Map<number, string>();
      remarks.set(location.source, codes.set(location.range.start, code));
    }
  }
  return remarks;
}

/** An attribute of some builds of xinetd, with nothing in it that could be lost to clients. */
function isMdns({ source, range }: Location): boolean {
  return /^mdns[ \t]/i.test(source.text.slice(range.start, range.end));
}

function isComplaint({ severity }: ModelDiagnostic): boolean {
  return severity === 'CRITICAL' || severity === 'ERROR' || severity === 'WARNING';
}

function lostEntry(
  { name, location, faultsWhenEnabled }: DroppedEntry,
  codes: Codes,
  report: Report,
): LostEntry {
  const { source, range } = location;
  const line = source.lineAt(range.start);
  const text = faultsWhenEnabled.map((fault) => faultText(fault, line)).join('; ');
  const fault = faultsWhenEnabled[0]?.code ?? 'not-started';
  const code = codes[fault] ?? fault;
  report({ level: 'E', code, file: source.path, line, text });
  return { name, location, code };
}

/** The diagnostic stands at the entry; where in it the fault is stands in its text. */
function faultText({ message, location }: ModelDiagnostic, line: number): string {
  const at = location?.source.lineAt(location.range.start) ?? line;
  return at === line ? message.trimEnd() : `line ${at}: ${message.trimEnd()}`;
}

function inPlaceOrder(services: readonly SourceService[]): readonly SourceService[] {
  const files = [...new Set(services.map(({ service }) => service.location.source))];
  return services.toSorted((a, b) => {
    const { source: fileA, range: rangeA } = a.service.location;
    const { source: fileB, range: rangeB } = b.service.location;
    return files.indexOf(fileA) - files.indexOf(fileB) || rangeA.start - rangeB.start;
  });
}
