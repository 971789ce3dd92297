import type { Diagnostic, Severity } from '../../src/diagnostics/diagnostic.ts';
import { escapeControl } from '../../src/text/escape-control.ts';
import { type CorpusFindings, corpusFindings, findingKey } from '../quality/corpus-findings.ts';
import { type Fault, faultKey, oracleFaults } from '../quality/oracle-coverage.ts';
import { missReasons, verdicts } from '../quality/reviews.ts';

const page = 'docs/lint-quality.md';

/** docs/lint-quality.md: what lint finds in good files, and what it misses in bad ones. */
export async function* lintQualityPage(): AsyncIterable<readonly [path: string, text: string]> {
  const corpus = await corpusFindings();
  if (corpus === undefined) {
    console.log(`${page}: left as it is, there is no ../shared/corpus beside the project`);
    return;
  }
  yield [page, `${introduction}\n${goodFiles(corpus)}\n${recordedFaults(oracleFaults())}`];
}

const introduction = `# What lint finds, and what it misses

Made by \`npm run docs\`; a test compares it, and fails on an error that nobody has looked at and on a miss without a
reason.
`;

function goodFiles({ fileCount, findings }: CorpusFindings): string {
  const rules = [...new Set(findings.map(({ code }) => code))].sort();
  const of = (rule: string, severity: Severity) =>
    findings.filter((each) => each.code === rule && each.severity === severity).length;
  const rows = rules.map(
    (rule) => `| \`${rule}\` | ${of(rule, 'error')} | ${of(rule, 'warning')} | ${of(rule, 'info')} |`,
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  return `## Files that the real daemon takes

${fileCount} files of distributions and vendors, each loaded by itself in xinetd 2.3.15.3, which had nothing to say; linted
with the preset \`recommended\`. Most of them switch their service off, and of what is in an entry that is switched off the
daemon says nothing.

| rule | errors | warnings | information |
| --- | --- | --- | --- |
${rows.join('\n')}

Every error has been looked at and is right:

${errors.map(verdictLine).join('\n')}
`;
}

function verdictLine(finding: Diagnostic): string {
  const { source, range } = finding.location;
  const verdict = verdicts()[findingKey(finding)] ?? 'not looked at yet';
  return `- \`${source.path}\`, line ${source.lineAt(range.start)}, \`${finding.code}\`: ${verdict}`;
}

function recordedFaults(faults: readonly Fault[]): string {
  const missed = faults.filter(({ isFound }) => !isFound);
  const cases = new Set(faults.map(({ name }) => name)).size;
  const missedCases = new Set(missed.map(({ name }) => name)).size;
  return `## Faults that the real daemon has shown

Of the recorded cases in \`fixtures/oracle-xinetd\` there are ${cases} in which the daemon drops, ignores or misreads something,
at ${faults.length} places: what it says an error or a warning about, and where it says nothing but runs something else than its
manual promises. The rules of the groups \`syntax\`, \`correctness\` and \`portability\` find ${faults.length - missed.length} of the places on
the right line (${percent(faults.length - missed.length, faults.length)}), and all of them in ${cases - missedCases} of the cases (${percent(cases - missedCases, cases)}).

Not found:

${missed.map(missLine).join('\n')}
`;
}

function missLine(fault: Fault): string {
  const reason = missReasons()[faultKey(fault)] ?? 'nobody has said why';
  return `- \`${faultKey(fault)}\` (“${escapeControl(fault.what)}”): ${reason}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
