import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption, pathsPositional, stdinFilenameOption } from './input-options.ts';
import { reportFormats } from './report-formats.ts';

/** A type, not an interface: yargs compares it with what the builder infers. */
export type LintOptions = {
  paths: string[] | undefined;
  format: (typeof reportFormats)[number] | undefined;
  'output-file': string | undefined;
  rule: string[] | undefined;
  from: FromChoice;
  'stdin-filename': string | undefined;
  follow: boolean;
  quiet: boolean | undefined;
  'fail-on': 'error' | 'warning' | 'info' | undefined;
  'max-warnings': number | undefined;
};

export const command: Command<LintOptions> = {
  usage: 'lint [paths..]',
  summary: 'Report what is wrong with configurations, and what the daemon makes of it.',
  description:
    'Reads files, folders (as includedir reads them) and what they include; "-" is standard input.',
  examples: [
    ['xcfg lint /etc/xinetd.conf', 'checks the configuration with everything that it includes'],
    ['xcfg lint --format sarif -o lint.sarif roles/*/files/xinetd.d', 'writes a report for code scanning'],
    ['xcfg lint --rule security/run-as-root=error -', 'checks standard input, one rule more severe'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'no finding at or above the failing level',
    [exitCodes.findings]: 'findings at or above the failing level (--fail-on, --max-warnings)',
  },
  options: (argv) =>
    argv
      .positional('paths', pathsPositional)
      .option('from', fromOption)
      .option('stdin-filename', stdinFilenameOption)
      .option('follow', {
        type: 'boolean',
        default: true,
        describe: 'Follow include and includedir; --no-follow looks at the named files alone',
        group: 'Input:',
      })
      .option('rule', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Severity of a rule or group: NAME=off, info, warning or error',
        group: 'Rules:',
      })
      .option('format', {
        alias: 'f',
        choices: reportFormats,
        describe: 'Format of the report; pretty on a terminal, github on GitHub Actions (also XCFG_FORMAT)',
        group: 'Output:',
      })
      .option('output-file', {
        alias: 'o',
        type: 'string',
        describe: 'Write the report to a file',
        group: 'Output:',
      })
      .option('quiet', { alias: 'q', type: 'boolean', describe: 'Report errors only', group: 'Output:' })
      .option('fail-on', {
        choices: ['error', 'warning', 'info'] as const,
        describe: 'The lowest severity that makes the exit status 1 (default error)',
        group: 'Output:',
      })
      .option('max-warnings', {
        type: 'number',
        describe: 'Exit status 1 when there are more warnings than this',
        group: 'Output:',
      }),
  run: async (args, io) => {
    const { runLint } = await import('./run-lint.ts');
    return await runLint(args, io);
  },
};
