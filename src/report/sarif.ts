import type { ArtifactLocation, Log, PhysicalLocation, Region, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic, Fix, Location, Severity } from '../diagnostics/diagnostic.ts';
import { bytesOfText } from '../text/bare-bytes.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { fingerprinter } from './fingerprint.ts';
import { spanOf } from './position.ts';
import { diagnosticsOf, type Reporter, type RuleFacts } from './report.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Relative paths are relative to the folder where xcfg ran. */
const baseId = 'SRCROOT';

/** SARIF 2.1.0, which code scanning services read. */
export const sarif: Reporter = (report) => {
  const fingerprintOf = fingerprinter();
  const ruleIndex = new Map(report.rules.map((rule, index) => [rule.name, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'xcfg', version: report.version, rules: report.rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [baseId]: { description: { text: 'The folder where xcfg was run' } } },
        invocations: [{ executionSuccessful: report.isComplete }],
        artifacts: report.files.map(({ source }) => ({ location: artifact(source) })),
        results: diagnosticsOf(report).map((each) =>
          result(each, fingerprintOf(each), ruleIndex.get(each.code)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function descriptor({ name, summary, severity, why, page }: RuleFacts): ReportingDescriptor {
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    // Not as helpUri, which has to be absolute: the pages come with the package.
    help: { text: `"xcfg explain ${name}", or ${page} of the package` },
    defaultConfiguration: { level: levels[severity] },
  };
}

function result(diagnostic: Diagnostic, fingerprint: string, ruleIndex: number | undefined): Result {
  const { code, severity, message, effect, location, related = [], fix } = diagnostic;
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: effect === undefined ? message : `${message} (${effect})` },
    locations: [{ physicalLocation: physical(location) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            physicalLocation: physical(each),
            message: { text: each.message },
          })),
        }),
    partialFingerprints: { 'primaryLocationLineHash/v1': fingerprint },
    ...(fix === undefined ? {} : { fixes: [sarifFix(location.source, fix)] }),
  };
}

function sarifFix(source: SourceText, fix: Fix) {
  return {
    description: { text: `${fix.description} (${fix.safety})` },
    artifactChanges: [
      {
        artifactLocation: artifact(source),
        replacements: fix.edits.map((edit: TextEdit) => ({
          deletedRegion: region({ source, range: edit }),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

function physical(location: Location): PhysicalLocation {
  return { artifactLocation: artifact(location.source), region: region(location) };
}

function region(location: Location): Region {
  const { start, end } = spanOf(location);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function artifact({ path }: SourceText): ArtifactLocation {
  // By bytes, because a name need not be UTF-8.
  const uri = bytesOfText(path)
    .toString('latin1')
    .replace(/[^\w.!~*'()/-]/g, percentEncoded);
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: baseId };
}

function percentEncoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
