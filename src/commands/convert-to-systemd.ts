import type { Report } from '../convert/diagnostic.ts';
import { readXinetd } from '../convert/from-xinetd/read-xinetd.ts';
import { scriptDetector } from '../convert/host-facts.ts';
import { inetdUnits } from '../convert/to-systemd/convert-inetd.ts';
import { xinetdUnits } from '../convert/to-systemd/convert-xinetd.ts';
import { switchOverSteps } from '../convert/to-systemd/switch-over.ts';
import type { UnitSet } from '../convert/to-systemd/unit-set.ts';
import type { SystemdOptions } from '../convert/to-systemd/unit-source.ts';
import { printUnitFile } from '../format/print-unit-file.ts';
import type { Conversion, ConversionInput } from './conversion.ts';
import type { ConvertOptions } from './convert.ts';

/** Either format to units of systemd. */
export function convertToSystemd(
  input: ConversionInput,
  options: ConvertOptions,
  report: Report,
): Conversion {
  const set = unitSet(input, options, report);
  const daemon = input.format === 'inetd' ? 'inetd' : 'xinetd';
  const { 'out-dir': folder, 'dry-run': isDry } = options;
  return {
    document: () => printUnits(set),
    files: () => set.units.map((unit) => ({ name: unit.name, text: printUnitFile(unit) })),
    notes: () =>
      folder === undefined || isDry || set.units.length === 0 ? [] : switchOverSteps(set, folder, daemon),
    // What is not ASCII and not UTF-8 stands escaped in a unit.
    encoding: 'utf8',
  };
}

/** A name in no table is, for units, a number that is not known. */
const codesOfFaults = {
  'unknown-service': 'port',
  'unlisted-service': 'port',
  'unknown-rpc': 'rpc',
} as const;

/** How much text is put together before it is handed on. */
const chunkLength = 64 * 1024;

/** All units in one text, and what could not be carried over behind them. */
function* printUnits({ units, lost }: UnitSet): Generator<string> {
  let text = '';
  let separator = '';
  for (const unit of units) {
    text += `${separator}# ==> ${unit.name} <==\n${printUnitFile(unit)}`;
    separator = '\n';
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  if (lost.length > 0) text += separator + lost.map((line) => `${line}\n`).join('');
  if (text !== '') yield text;
}

function unitSet(
  { source, format, tables, files, hasHostsRules }: ConversionInput,
  options: ConvertOptions,
  report: Report,
): UnitSet {
  const settings: SystemdOptions = {
    systemdVersion: options['systemd-version'],
    stderr: options.stderr,
    prefix: options.prefix,
    emulateInternal: options['emulate-internal'],
    tcpd: options.tcpd,
    hasHostsRules,
    isScript: scriptDetector(files),
  };
  return format === 'inetd'
    ? inetdUnits(source, options.dialect, tables, settings, report)
    : xinetdUnits(readXinetd(source, tables, files, report, codesOfFaults), settings, report);
}
