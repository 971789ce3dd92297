import { inetdDialects } from '../convert/from-inetd/dialect-names.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { type FromChoice, fromOption } from './input-options.ts';

export type ConvertOptions = {
  file: string | undefined;
  from: FromChoice;
  to: 'xinetd' | 'inetd' | 'systemd';
  dialect: (typeof inetdDialects)[number];
  'daemon-dir': string | undefined;
  libwrap: boolean;
  tcpd: boolean;
  'systemd-version': number;
  stderr: 'socket' | 'journal';
  prefix: string;
  'emulate-internal': boolean;
  etc: string | undefined;
  root: string | undefined;
  strict: boolean;
  annotate: boolean;
  diff: string | undefined;
  'out-dir': string | undefined;
  force: boolean;
  'dry-run': boolean;
  report: 'text' | 'json';
};

export const command: Command<ConvertOptions> = {
  usage: 'convert [file]',
  summary: 'Convert inetd.conf to xinetd.conf, xinetd.conf to inetd.conf, and both to systemd units.',
  description:
    'What cannot be carried over stays as a comment and is named on standard error; a bad line never stops the rest.',
  examples: [
    ['xcfg convert < /etc/inetd.conf', 'prints xinetd.conf'],
    ['xcfg convert --daemon-dir /usr/sbin < /etc/inetd.conf', 'starts servers without tcpd in front'],
    [
      'xcfg convert /etc/xinetd.conf --to systemd --out-dir units',
      'writes units for all services, includes followed',
    ],
    ['xcfg convert --to inetd --dialect freebsd /etc/xinetd.conf', 'prints inetd.conf for FreeBSD'],
  ],
  exitStatus: {
    [exitCodes.ok]: 'converted, maybe with remarks',
    [exitCodes.findings]:
      'something was lost (with --strict: or changed its meaning), or --diff found a difference',
    [exitCodes.failure]:
      'wrong usage, or something could not be read or written whole; also when the reader of the output went away, which ends without a message',
  },
  options: (argv) =>
    argv
      .positional('file', {
        type: 'string',
        describe: 'The file, a folder as includedir reads it, or "-" for standard input',
      })
      .option('from', fromOption)
      .option('dialect', {
        choices: inetdDialects,
        default: 'debian' as const,
        describe: 'Whose inetd.conf it is that is read or written',
        group: 'Input:',
      })
      .option('etc', {
        type: 'string',
        describe: 'Take services, rpc, passwd and the like from this folder',
        group: 'Input:',
      })
      .option('root', { type: 'string', describe: 'Read absolute paths below this folder', group: 'Input:' })
      .option('to', {
        choices: ['xinetd', 'inetd', 'systemd'] as const,
        default: 'xinetd' as const,
        describe: 'What to make',
        group: 'Output:',
      })
      .option('out-dir', {
        type: 'string',
        describe: 'Write a file for each service into this folder: all or none',
        group: 'Output:',
      })
      .option('force', { type: 'boolean', default: false, describe: 'Replace files there', group: 'Output:' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'List the files for --out-dir and write none',
        group: 'Output:',
      })
      .option('diff', {
        type: 'string',
        describe: 'Show what would change in this file instead',
        group: 'Output:',
      })
      .option('annotate', {
        type: 'boolean',
        default: false,
        describe: 'Put the source line as a comment in front of each entry',
        group: 'Output:',
      })
      .option('report', {
        choices: ['text', 'json'] as const,
        default: 'text' as const,
        describe: 'How to name losses on standard error',
        group: 'Output:',
      })
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'Fail for what changed its meaning, too',
        group: 'Output:',
      })
      .option('daemon-dir', {
        type: 'string',
        describe: 'To xinetd: where the daemons behind tcpd are; they are started directly then',
        group: 'Servers:',
      })
      .option('libwrap', {
        type: 'boolean',
        default: true,
        describe: 'To xinetd: --no-libwrap keeps it from consulting hosts.allow, as plain inetd does',
        group: 'Servers:',
      })
      .option('tcpd', {
        type: 'boolean',
        default: false,
        describe: 'From xinetd: start servers through tcpd, so that access rules stay in force',
        group: 'Servers:',
      })
      .option('systemd-version', {
        type: 'number',
        default: 252,
        describe: 'Release that must understand the units',
        group: 'Units:',
      })
      .option('stderr', {
        choices: ['socket', 'journal'] as const,
        default: 'socket' as const,
        describe: 'Where standard error of a server goes',
        group: 'Units:',
      })
      .option('prefix', { type: 'string', default: '', describe: 'Begins all unit names', group: 'Units:' })
      .option('emulate-internal', {
        type: 'boolean',
        default: false,
        describe: 'Serve echo, discard and daytime with small programs',
        group: 'Units:',
      }),
  run: async (args, io) => {
    const { runConvert } = await import('./run-convert.ts');
    return await runConvert(args, io);
  },
};
