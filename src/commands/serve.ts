import { dialectNames } from '../catalog/inetd-dialects.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { dialectOption, type FromChoice, fromOption } from './input-options.ts';

export type ServeOptions = {
  file: string;
  from: FromChoice;
  dialect: string;
  check: boolean;
  strict: boolean;
  'inetd-compat': boolean;
  stayalive: boolean;
  dontfork: boolean;
  limit: number | undefined;
  logprocs: number | undefined;
  shutdownprocs: number | undefined;
  reuse: boolean;
  cc: number | undefined;
  pidfile: string | undefined;
  grace: number;
  filelog: string | undefined;
  syslog: string | undefined;
  'service-log': 'config' | 'stderr';
  trace: boolean;
};

export const command: Command<ServeOptions> = {
  usage: 'serve',
  summary: 'Run the services of a configuration, in the place of xinetd or inetd.',
  description:
    'Stays in the foreground. An entry that cannot be honoured is not started and says why; the others run. ' +
    'An include that cannot be read starts none of the entries that it may restrict. ' +
    'HUP reads the configuration again, all or nothing: a fault that was not there before leaves everything as it runs. ' +
    'The options of xinetd(8) are taken as they are, with one dash or two.',
  examples: [
    ['xcfg serve', 'serves /etc/xinetd.conf'],
    ['xcfg serve -f /etc/inetd.conf', 'serves an inetd.conf'],
    ['xcfg serve -f my.conf --check', 'says what would run, and why the rest would not'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'stopped as asked; with --check: every entry would run',
    [exitCodes.findings]: 'no service can run, or an entry cannot be honoured (--check, --strict)',
  },
  fractions: ['grace'],
  suggestions: { dialect: dialectNames },
  options: (argv) =>
    argv
      .option('file', {
        alias: 'f',
        type: 'string',
        default: '/etc/xinetd.conf',
        describe: 'The configuration, xinetd.conf or inetd.conf',
        group: 'Configuration:',
      })
      .option('from', { ...fromOption, group: 'Configuration:' })
      .option('dialect', { ...dialectOption, group: 'Configuration:' })
      .option('inetd-compat', {
        type: 'boolean',
        default: false,
        describe: 'Also serve /etc/inetd.conf',
        group: 'Configuration:',
      })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'Print what would run and why the rest would not, and start nothing',
        group: 'Configuration:',
      })
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'Start nothing when any entry cannot be honoured',
        group: 'Configuration:',
      })
      .option('limit', {
        type: 'number',
        describe: 'Run at most so many servers over all services',
        group: 'Running:',
      })
      .option('stayalive', {
        type: 'boolean',
        default: false,
        describe: 'Stay when there is no service to run',
        group: 'Running:',
      })
      .option('grace', {
        type: 'number',
        default: 5,
        describe: 'Seconds that servers have to end before they are killed',
        group: 'Running:',
      })
      .option('pidfile', {
        type: 'string',
        describe: 'Write the process number to a file',
        group: 'Running:',
      })
      .option('dontfork', {
        type: 'boolean',
        default: false,
        describe: 'As xinetd: implies --stayalive; the foreground is where this daemon runs anyway',
        group: 'Running:',
      })
      .option('filelog', { type: 'string', describe: 'Write messages to a file', group: 'Logging:' })
      .option('syslog', {
        type: 'string',
        describe: 'Send messages to syslog with this facility',
        group: 'Logging:',
      })
      .option('service-log', {
        choices: ['config', 'stderr'] as const,
        default: 'config' as const,
        describe: 'Where START, EXIT and FAIL lines go',
        group: 'Logging:',
      })
      .option('trace', {
        alias: 'd',
        type: 'boolean',
        default: false,
        describe: 'Say more: states of sockets, the rule that refused a client',
        group: 'Logging:',
      })
      .option('logprocs', { type: 'number', hidden: true })
      .option('shutdownprocs', { type: 'number', hidden: true })
      .option('reuse', { type: 'boolean', default: false, hidden: true })
      .option('cc', { type: 'number', hidden: true }),
  run: async (args, io) => {
    const { runServe } = await import('./run-serve.ts');
    return await runServe(args, io);
  },
};
