import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversionFiles } from '../../src/convert/conversion-tables.ts';
import type { ConversionDiagnostic } from '../../src/convert/diagnostic.ts';
import { readXinetd } from '../../src/convert/from-xinetd/read-xinetd.ts';
import { convertXinetd } from '../../src/convert/to-inetd/convert-xinetd.ts';
import { dialectForms } from '../../src/convert/to-inetd/dialect-forms.ts';
import { inetdUnits } from '../../src/convert/to-systemd/convert-inetd.ts';
import { xinetdUnits } from '../../src/convert/to-systemd/convert-xinetd.ts';
import { convertInetd } from '../../src/convert/to-xinetd/convert-inetd.ts';
import { printFile } from '../../src/format/print-file.ts';
import { printNewEntries } from '../../src/format/print-new-entries.ts';
import { detectFormat } from '../../src/grammar/detect.ts';
import { parse } from '../../src/grammar/parse.ts';
import { problemsOf } from '../../src/grammar/result.ts';
import type { ModelFiles } from '../../src/model/host-tables.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { corpusFiles } from '../support/corpus.ts';
import { inetdServices, tablesWith } from '../support/inetd-services.ts';

const tables = tablesWith([]);
const noFiles: ModelFiles = conversionFiles({
  read: () => ({ error: 'missing' }),
  list: () => undefined,
  kind: () => 'missing',
  identity: () => undefined,
  isExecutable: () => true,
});
const systemd = {
  systemdVersion: 252,
  stderr: 'socket',
  prefix: '',
  emulateInternal: false,
  tcpd: false,
  hasHostsRules: false,
  isScript: () => false,
} as const;

/** What the daemon runs of a text. */
function effective(source: SourceText): readonly Service[] {
  return resolve(source, {
    profile: 'xinetd-2.3.15.3',
    tables,
    files: noFiles,
    environment: 'any',
    stayAlive: true,
  }).services;
}

/** Lines of which the report says that they do not run as they are. */
function lostLines(diagnostics: readonly ConversionDiagnostic[]): ReadonlySet<number> {
  const disabling = ['unknown-service', 'duplicate'];
  return new Set(
    diagnostics
      .filter(({ level, code }) => level === 'E' || disabling.includes(code))
      .map(({ line }) => line),
  );
}

function lineOf({ location: { source, range } }: Service): number {
  return source.lineAt(range.start);
}

test('every service of an inetd.conf in use runs under xinetd, or the report names its line', (t) => {
  let count = 0;
  let running = 0;
  for (const { source, kind } of corpusFiles(t)) {
    if (kind !== 'inetd') continue;
    const diagnostics: ConversionDiagnostic[] = [];
    const target = {
      dialect: 'debian',
      daemonDir: null,
      noLibwrap: false,
      annotates: true,
      names: tables,
    } as const;
    const nodes = convertInetd(source, target, (each) => diagnostics.push(each));
    const result = new SourceText('xinetd.conf', [...printNewEntries(nodes)].join(''));
    // The comment in front of an entry says which line it comes from.
    const mark = `# ${source.path}:`;
    const started = new Set(
      effective(result).map(({ location }) => {
        const at = result.text.lastIndexOf(mark, location.range.start) + mark.length;
        return Number.parseInt(result.text.slice(at), 10);
      }),
    );
    const lost = lostLines(diagnostics);
    for (const { service, line } of inetdServices(source.text, 'debian')) {
      if (service.isDisabled) continue;
      count += 1;
      if (started.has(line)) running += 1;
      else assert.ok(lost.has(line), `${source.path}:${line} is neither started nor named`);
    }
  }
  t.diagnostic(`${running} of ${count} services run, the others are named`);
});

test('what becomes of an inetd.conf is known for xinetd.conf by its text alone, and has no fault', (t) => {
  for (const { source } of corpusFiles(t)) {
    if (detectFormat(source) !== 'inetd') continue;
    for (const annotates of [true, false]) {
      const target = {
        dialect: 'debian',
        daemonDir: null,
        noLibwrap: false,
        annotates,
        names: tables,
      } as const;
      const nodes = [...convertInetd(source, target, () => {})];
      const { file } = parse(new SourceText('-', [...printNewEntries(nodes)].join('')));
      // What is nothing but comments is the same in both formats.
      const hasEntry = nodes.some(({ type }) => type === 'NewEntry');
      assert.deepEqual([file.format, problemsOf(file)], [hasEntry ? 'xinetd' : file.format, []], source.path);
    }
  }
});

test('every service that xinetd runs becomes units, or the report names its line', (t) => {
  let count = 0;
  let written = 0;
  for (const { source, kind } of corpusFiles(t)) {
    if (kind !== 'xinetd') continue;
    const diagnostics: ConversionDiagnostic[] = [];
    const configuration = readXinetd(source, tables, noFiles, (each) => diagnostics.push(each));
    const { units, enabled } = xinetdUnits(configuration, systemd, (each) => diagnostics.push(each));
    const lost = lostLines(diagnostics);
    const sockets = units.filter(({ name }) => enabled.includes(name));
    for (const service of effective(source)) {
      count += 1;
      const line = lineOf(service);
      if (sockets.some(({ header }) => header[0]?.includes(`, line ${line} (`))) written += 1;
      else assert.ok(lost.has(line), `${source.path}:${line} is neither written nor named`);
    }
  }
  t.diagnostic(`${written} of ${count} services become units, the others are named`);
});

test('every service that xinetd runs becomes a line of inetd.conf, or the report names its line', (t) => {
  let count = 0;
  let written = 0;
  for (const { source, kind } of corpusFiles(t)) {
    if (kind !== 'xinetd') continue;
    const diagnostics: ConversionDiagnostic[] = [];
    const configuration = readXinetd(source, tables, noFiles, (each) => diagnostics.push(each));
    const target = { forms: dialectForms.debian, tcpd: false, annotates: true };
    const text = printFile(convertXinetd(source, configuration, target, (each) => diagnostics.push(each)));
    const lost = lostLines(diagnostics);
    const places = new Set(
      [...text.matchAll(/^# .*?:(\d+): service .*\n(?:# .*\n)*[^#\n]/gm)].map(([, line]) => Number(line)),
    );
    for (const service of effective(source)) {
      count += 1;
      if (places.has(lineOf(service))) written += 1;
      else assert.ok(lost.has(lineOf(service)), `${source.path}:${lineOf(service)}\n${text}`);
    }
  }
  t.diagnostic(`${written} of ${count} services become lines, the others are named`);
});

test('every service of an inetd.conf in use becomes units, or the report names its line', (t) => {
  let count = 0;
  let written = 0;
  for (const { source, kind } of corpusFiles(t)) {
    if (kind !== 'inetd') continue;
    const diagnostics: ConversionDiagnostic[] = [];
    const { units, enabled } = inetdUnits(source, 'debian', tables, systemd, (each) =>
      diagnostics.push(each),
    );
    const lost = lostLines(diagnostics);
    const sockets = units.filter(({ name }) => enabled.includes(name));
    for (const { service, line } of inetdServices(source.text, 'debian')) {
      if (service.isDisabled) continue;
      count += 1;
      if (sockets.some(({ header }) => header[0]?.includes(`, line ${line} (`))) written += 1;
      else assert.ok(lost.has(line), `${source.path}:${line} is neither written nor named`);
    }
  }
  t.diagnostic(`${written} of ${count} services become units, the others are named`);
});
