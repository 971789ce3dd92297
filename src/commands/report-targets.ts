import { resolve } from 'node:path';
import type { ReportFormat } from '../report/reporters.ts';
import { closestWord } from '../text/closest-word.ts';
import { reportFormats } from './report-formats.ts';
import { UsageError } from './usage-error.ts';

/** One report of a run: its format, and the file that it goes to; standard output where there is none. */
export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

export interface ReportChoice {
  /** `NAME`, or `NAME=FILE`, as `--format` says them. */
  readonly formats: readonly string[];
  /** Where the report goes that has no file of its own. */
  readonly outputFile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The reports that a command line asks for; without any it is one, in the format of the environment.
 * @throws UsageError for unknown formats, and for two reports in one place
 */
export function reportTargets({ formats, outputFile, env, cwd }: ReportChoice): readonly ReportTarget[] {
  const named = formats.map((each) => readTarget(each, 'option "--format"'));
  const needsDefault = named.every(({ file }) => file !== undefined) && (named.length === 0 || outputFile);
  const all = needsDefault ? [...named, { format: defaultFormat(env), file: undefined }] : named;
  const targets = all.map(({ format, file = outputFile }) => ({
    format,
    file: file === '-' ? undefined : file,
  }));
  refuseSharedPlaces(targets, cwd);
  return targets;
}

function readTarget(word: string, origin: string): ReportTarget {
  const at = word.indexOf('=');
  const name = at === -1 ? word : word.slice(0, at);
  const file = at === -1 ? undefined : word.slice(at + 1);
  const format = reportFormats.find((each) => each === name);
  if (format === undefined) {
    const near = closestWord(name, reportFormats);
    const hint = near === undefined ? '' : `did you mean "${near}"? `;
    throw new UsageError(`${origin} cannot be "${name}"`, `${hint}choose one of ${reportFormats.join(', ')}`);
  }
  if (file === '') throw new UsageError(`"${word}" names no file`, `write ${name}=FILE, or ${name} alone`);
  return { format, file };
}

function defaultFormat(env: ReportChoice['env']): ReportFormat {
  if (env.XCFG_FORMAT) return readTarget(env.XCFG_FORMAT, 'XCFG_FORMAT').format;
  return env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
}

/** Each report is a document of its own. */
function refuseSharedPlaces(targets: readonly ReportTarget[], cwd: string): void {
  const seen = new Set<string | undefined>();
  for (const { file } of targets) {
    const place = file === undefined ? undefined : resolve(cwd, file);
    if (seen.has(place)) {
      throw new UsageError(
        file === undefined ? 'two reports cannot go to one output' : `two reports cannot go to "${file}"`,
        'give each but one a file of its own, as in --format sarif=FILE',
      );
    }
    seen.add(place);
  }
}
