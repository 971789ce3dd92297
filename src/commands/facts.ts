import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';

export type FactsOptions = {
  paths: string[] | undefined;
  root: string | undefined;
  etc: string | undefined;
};

export const command: Command<FactsOptions> = {
  usage: 'facts [paths..]',
  summary: 'Write what lint may know of this machine, for linting somewhere else.',
  description:
    'Names with numbers of services, protocols, RPC programs and accounts, the addresses of interfaces, and facts about the paths that the configurations name. No contents of files, no environment.',
  examples: [
    ['xcfg facts /etc/xinetd.conf > web1.json', 'takes the snapshot on the machine'],
    ['xcfg lint --facts web1.json xinetd.conf', 'uses it where the files are edited'],
  ],
  exitStatus: { [exitCodes.ok]: 'the snapshot was written', [exitCodes.findings]: null },
  options: (argv) =>
    argv
      .positional('paths', {
        type: 'string',
        array: true,
        describe: 'Configurations whose programs, banners and logs are looked at',
      })
      .option('root', { type: 'string', describe: 'Look at the system below this folder', group: 'Input:' })
      .option('etc', { type: 'string', describe: 'Take the databases from this folder', group: 'Input:' }),
  run: async (args, io) => {
    const { runFacts } = await import('./run-facts.ts');
    return await runFacts(args, io);
  },
};
