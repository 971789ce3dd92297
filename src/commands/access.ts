import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption } from './input-options.ts';
import { type ModelOptions, withModelOptions } from './model-options.ts';

export type AccessOptions = ModelOptions & {
  service: string;
  file: string | undefined;
  from: string;
  'input-format': FromChoice;
  host: string | undefined;
  at: string | undefined;
  json: boolean;
};

export const command: Command<AccessOptions> = {
  usage: 'access <service> [file]',
  summary: 'Say whether a client gets in, and by which line.',
  description:
    'Shows every check in the order of the profile. Limits that depend on what runs count as kept; what serve does not start refuses everybody.',
  examples: [
    ['xcfg access telnet --from 192.0.2.7 /etc/xinetd.conf', 'asks for an address'],
    ['xcfg access ftp --from 192.0.2.7 --host www.example.org', 'also tells the name of the client'],
    ['xcfg access ftp --from ::1 --at 07:30 /etc/xinetd.conf', 'asks for a time of the day'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'the client gets in',
    [exitCodes.findings]: 'the client is refused, or nobody can say',
  },
  suggestions: { dialect: dialectNames },
  options: (argv) =>
    withModelOptions(
      argv
        .positional('service', { type: 'string', demandOption: true, describe: 'Id or name of a service' })
        .positional('file', { type: 'string', describe: 'The main file, "-" for standard input' })
        .option('from', {
          type: 'string',
          demandOption: true,
          describe: 'Address of the client',
          group: 'Client:',
        })
        .option('host', {
          type: 'string',
          describe: 'Name of the client, as its address resolves',
          group: 'Client:',
        })
        .option('at', { type: 'string', describe: 'Time of the day, HH:MM', group: 'Client:' })
        // `--from`, as other commands have it, is where the client comes from.
        .option('input-format', { ...fromOption, group: 'Reading:' })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print one JSON document',
          group: 'Output:',
        }),
    ),
  run: async (args, io) => {
    const { runAccess } = await import('./run-access.ts');
    return await runAccess(args, io);
  },
};
