import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { dialectOption, type FromChoice, fromOption, stdinFilenameOption } from './input-options.ts';

export type ParseOptions = {
  file: string | undefined;
  entries: boolean | undefined;
  from: FromChoice;
  dialect: string;
  'stdin-filename': string | undefined;
};

export const command: Command<ParseOptions> = {
  usage: 'parse [file]',
  summary: 'Print the syntax tree of a configuration as JSON.',
  description:
    'The tree holds all text of the file, faults included. The schemas ast and entries describe what is printed.',
  examples: [
    ['xcfg parse /etc/xinetd.conf', 'prints the tree, one node at the top level on a line'],
    ['xcfg parse --entries < /etc/inetd.conf', 'prints the services as plain data, and the faults'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'read, with faults or without: they stand in the output',
    [exitCodes.findings]: null,
  },
  suggestions: { dialect: dialectNames },
  options: (argv) =>
    argv
      .positional('file', { type: 'string', describe: 'The file, "-" for standard input' })
      .option('entries', {
        type: 'boolean',
        describe: 'Print services in one form for both formats, instead of the tree',
        group: 'Output:',
      })
      .option('from', fromOption)
      .option('dialect', dialectOption)
      .option('stdin-filename', stdinFilenameOption),
  run: async (args, io) => {
    const { runParse } = await import('./run-parse.ts');
    return await runParse(args, io);
  },
};
