import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';

export type ParseOptions = {
  file: string | undefined;
  from: 'auto' | 'inetd' | 'xinetd';
  'stdin-filename': string | undefined;
};

export const command: Command<ParseOptions> = {
  usage: 'parse [file]',
  summary: 'Print the syntax tree of a configuration as JSON.',
  description: 'The tree holds all text of the file, faults included; schema/ast.schema.json describes it.',
  examples: [
    ['xcfg parse /etc/xinetd.conf', 'prints the tree, one node at the top level on a line'],
    ['xcfg parse < /etc/inetd.conf', 'reads standard input'],
  ],
  exitStatus: { [exitCodes.ok]: 'read, with faults or without: they stand in the tree' },
  options: (argv) =>
    argv
      .positional('file', { type: 'string', describe: 'The file, "-" for standard input' })
      .option('from', {
        choices: ['auto', 'inetd', 'xinetd'] as const,
        default: 'auto' as const,
        describe: 'Format of the input',
        group: 'Input:',
      })
      .option('stdin-filename', {
        type: 'string',
        describe: 'Name of standard input in the output',
        group: 'Input:',
      }),
  run: async (args, io) => {
    const { runParse } = await import('./run-parse.ts');
    return await runParse(args, io);
  },
};
