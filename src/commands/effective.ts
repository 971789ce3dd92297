import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption } from './input-options.ts';
import { type ModelOptions, withModelOptions } from './model-options.ts';

export type EffectiveOptions = ModelOptions & {
  file: string | undefined;
  from: FromChoice;
  json: boolean;
};

export const command: Command<EffectiveOptions> = {
  usage: 'effective [file]',
  summary: 'Print the services as they would run, and where each value comes from.',
  description:
    'Includes are followed, defaults merged, operators applied. What does not run is listed with the reasons. Values keep the bytes of their files; in JSON, "encoding": "latin1" says of a service, or of a value from another file, that each of its characters stands for a byte.',
  examples: [
    [
      'xcfg effective /etc/xinetd.conf',
      'prints a configuration without includes and defaults that does the same',
    ],
    ['xcfg effective --profile xinetd-2.3.15.3 --json', 'says what xinetd makes of standard input'],
    ['xcfg effective --root /srv/image /etc/xinetd.conf', 'reads the files of another system'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'every entry runs, or is switched off on purpose',
    [exitCodes.findings]: 'an entry is lost, or nothing would run',
  },
  suggestions: { dialect: dialectNames },
  options: (argv) =>
    withModelOptions(
      argv
        .positional('file', { type: 'string', describe: 'The main file, "-" for standard input' })
        .option('from', { ...fromOption, group: 'Reading:' })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print one JSON document',
          group: 'Output:',
        }),
    ),
  run: async (args, io) => {
    const { runEffective } = await import('./run-effective.ts');
    return await runEffective(args, io);
  },
};
