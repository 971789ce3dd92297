import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption, pathsPositional, stdinFilenameOption } from './input-options.ts';
import { reportFormats } from './report-formats.ts';
import { templateKinds } from './template-kinds.ts';

/** A type, not an interface: yargs compares it with what the builder infers. */
export type LintOptions = {
  paths: string[] | undefined;
  format: string[] | undefined;
  'output-file': string | undefined;
  rule: string[] | undefined;
  config: string | false | undefined;
  'print-config': boolean | undefined;
  'list-rules': boolean | undefined;
  explain: string | undefined;
  template: string[] | undefined;
  'inline-config': boolean;
  main: string | undefined;
  root: string | undefined;
  etc: string | undefined;
  facts: string | undefined;
  dialect: string | undefined;
  'ignore-path': string | undefined;
  'ignore-pattern': string[] | undefined;
  fix: boolean | undefined;
  'unsafe-fixes': boolean | undefined;
  'fix-rule': string[] | undefined;
  diff: boolean | undefined;
  baseline: string | undefined;
  'write-baseline': boolean | undefined;
  'max-findings': number | undefined;
  'exit-zero': boolean | undefined;
  from: FromChoice;
  'stdin-filename': string | undefined;
  follow: boolean;
  quiet: boolean | undefined;
  'fail-on': 'error' | 'warning' | 'info' | undefined;
  'max-warnings': number | undefined;
  workers: number | undefined;
};

export const command: Command<LintOptions> = {
  usage: 'lint [paths..]',
  summary: 'Report what is wrong with configurations, and what the daemon makes of it.',
  description:
    'Reads files, folders (as includedir reads them) and what they include; "-" is standard input.',
  examples: [
    ['xcfg lint /etc/xinetd.conf', 'checks the configuration with everything that it includes'],
    [
      'xcfg lint -f pretty -f sarif=lint.sarif xinetd.d',
      'shows the report, and writes a second one for code scanning',
    ],
    ['xcfg lint --fix /etc/xinetd.d', 'repairs what can be repaired without opening anything'],
    [
      'xcfg lint --main /etc/xinetd.conf /etc/xinetd.d/web',
      'checks one drop-in with what the main file says',
    ],
    ['xcfg lint --rule security/run-as-root=error -', 'checks standard input, one rule more severe'],
  ],
  // `--fix=RULE` asks for the safe fixes and names a rule that is fixed on request only.
  spellOut: (word) => {
    const rule = /^--fix=(.*\/.*)$/s.exec(word)?.[1];
    return rule === undefined ? [word] : ['--fix', `--fix-rule=${rule}`];
  },
  suggestions: { format: reportFormats, template: templateKinds, dialect: dialectNames },
  exitStatus: {
    [exitCodes.ok]: 'no finding at or above the failing level',
    [exitCodes.findings]:
      'findings at or above the failing level (--fail-on, --max-warnings), or a difference (--diff)',
  },
  options: (argv) =>
    argv
      .positional('paths', pathsPositional)
      .option('from', fromOption)
      .option('stdin-filename', stdinFilenameOption)
      .option('follow', {
        type: 'boolean',
        default: true,
        describe: 'Follow include, includedir and .include; --no-follow looks at the named files alone',
        group: 'Input:',
      })
      .option('main', {
        type: 'string',
        describe: 'The main file that reads the named ones, so that defaults and order are known',
        group: 'Input:',
      })
      .option('root', { type: 'string', describe: 'Read absolute paths below this folder', group: 'Input:' })
      .option('etc', {
        type: 'string',
        describe: 'Take services, protocols, rpc, networks, hosts, passwd and group from this folder',
        group: 'Input:',
      })
      .option('facts', {
        type: 'string',
        describe: 'What may be known of the machine: off, live, or a snapshot of "xcfg facts" (default off)',
        group: 'Input:',
      })
      .option('dialect', {
        type: 'string',
        describe: 'Read inetd.conf as this daemon does; without it as the union of all',
        group: 'Input:',
      })
      .option('template', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'The files are templates of this kind, or a regular expression matches the placeholders',
        group: 'Input:',
      })
      .option('ignore-path', {
        type: 'string',
        describe: 'File with patterns of files to pass over (default .xcfgignore)',
        group: 'Input:',
      })
      .option('ignore-pattern', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Pattern of files to pass over',
        group: 'Input:',
      })
      .option('config', {
        type: 'string',
        describe: 'Use this configuration file; --no-config looks for none',
        group: 'Rules:',
      })
      .option('print-config', {
        type: 'boolean',
        describe: 'Print what the configuration comes to for the named files, and lint nothing',
        group: 'Rules:',
      })
      .option('list-rules', {
        type: 'boolean',
        describe:
          'List the rules as "xcfg rules" does (with --format json as one document), and lint nothing',
        group: 'Rules:',
      })
      .option('explain', {
        type: 'string',
        describe: 'Print what there is to know about this rule as "xcfg explain" does, and lint nothing',
        group: 'Rules:',
      })
      .option('inline-config', {
        type: 'boolean',
        default: true,
        describe: 'Honour suppression comments; --no-inline-config reports what they hide',
        group: 'Rules:',
      })
      .option('baseline', {
        type: 'string',
        describe: 'Leave out the findings that this file records',
        group: 'Rules:',
      })
      .option('write-baseline', {
        type: 'boolean',
        describe: 'Record the findings in the file of --baseline',
        group: 'Rules:',
      })
      .option('fix', {
        type: 'boolean',
        describe:
          'Make the safe fixes: they open nothing, and switch off built-in test services (echo, chargen, ...) that others can reach',
        group: 'Fixing:',
      })
      .option('unsafe-fixes', {
        type: 'boolean',
        describe: 'Make all fixes, also those that start a service or let more clients in',
        group: 'Fixing:',
      })
      .option('fix-rule', {
        type: 'string',
        array: true,
        nargs: 1,
        describe:
          'With --fix, make the fixes of this rule too, which are made only when it is named; --fix=RULE is both',
        group: 'Fixing:',
      })
      .option('diff', {
        type: 'boolean',
        describe: 'Show what --fix (or --unsafe-fixes) would change, secrets masked, and change nothing',
        group: 'Fixing:',
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
        type: 'string',
        array: true,
        nargs: 1,
        describe:
          'Format of the report, pretty unless this says otherwise, github on GitHub Actions (also XCFG_FORMAT); NAME=FILE writes one more report to a file',
        group: 'Output:',
      })
      .option('output-file', {
        alias: 'o',
        type: 'string',
        describe: 'Write the report to a file; "-" is standard output',
        group: 'Output:',
      })
      .option('quiet', { alias: 'q', type: 'boolean', describe: 'Report errors only', group: 'Output:' })
      .option('fail-on', {
        choices: ['error', 'warning', 'info'] as const,
        describe: 'The lowest severity that makes the exit status 1 (default error)',
        group: 'Output:',
      })
      .option('max-findings', {
        type: 'number',
        describe: 'Report at most this many findings',
        group: 'Output:',
      })
      .option('exit-zero', {
        type: 'boolean',
        describe: 'Exit with status 0 whatever is found',
        group: 'Output:',
      })
      .option('max-warnings', {
        type: 'number',
        describe: 'Exit status 1 when there are more warnings than this',
        group: 'Output:',
      })
      .option('workers', {
        type: 'number',
        describe:
          'Threads that share files (default as many as pay); a folder is one piece, and fixes are made by one',
        group: 'Input:',
      }),
  run: async (args, io) => {
    if (args.listRules) {
      const { runRules } = await import('./run-rules.ts');
      return await runRules({ json: args.format?.includes('json') === true }, io);
    }
    if (args.explain !== undefined) {
      const { runExplain } = await import('./run-explain.ts');
      return await runExplain({ name: args.explain }, io);
    }
    const { runLint } = await import('./run-lint.ts');
    return await runLint(args, io);
  },
};
