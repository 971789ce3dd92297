import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption, pathsPositional, stdinFilenameOption } from './input-options.ts';

/** A type, not an interface: yargs compares it with what the builder infers. */
export type FormatOptions = {
  paths: string[] | undefined;
  check: boolean | undefined;
  write: boolean | undefined;
  diff: boolean | undefined;
  verify: boolean | undefined;
  from: FromChoice;
  'stdin-filename': string | undefined;
};

export const command: Command<FormatOptions> = {
  usage: 'fmt [paths..]',
  aliases: ['format'],
  summary: 'Print configurations in one layout, or check or rewrite files.',
  description:
    'Changes white space only. Entries with faults, unknown text and what stands below "# xcfg-ignore" stay as they are.',
  examples: [
    ['xcfg fmt < /etc/xinetd.conf', 'prints the formatted text'],
    ['xcfg fmt --check /etc/xinetd.d', 'lists the files that are not formatted'],
    ['xcfg fmt --diff /etc/xinetd.conf', 'shows what would change'],
    ['xcfg fmt --write /etc/inetd.conf', 'rewrites the file'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'formatted, or nothing to format',
    [exitCodes.findings]: '--check or --diff: a file would change',
    [exitCodes.failure]:
      'wrong usage, unreadable input, unwritable output, or faults in a text, which stay as they are',
  },
  options: (argv) =>
    argv
      .positional('paths', pathsPositional)
      .option('check', { type: 'boolean', describe: 'List the files that would change', group: 'Output:' })
      .option('write', { type: 'boolean', describe: 'Rewrite the files that change', group: 'Output:' })
      .option('diff', { type: 'boolean', describe: 'Show what would change', group: 'Output:' })
      .option('verify', {
        type: 'boolean',
        describe: 'Make sure that words, comments and meaning stay: read the result again and compare',
        group: 'Output:',
      })
      .option('from', fromOption)
      .option('stdin-filename', stdinFilenameOption),
  run: async (args, io) => {
    const { runFormat } = await import('./run-format.ts');
    return await runFormat(args, io);
  },
};
