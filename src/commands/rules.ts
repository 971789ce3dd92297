import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';

export type RulesOptions = { json: boolean };

export const command: Command<RulesOptions> = {
  usage: 'rules',
  summary: 'List the lint rules with severity, fix and what they find.',
  examples: [
    ['xcfg rules', 'lists all rules by group'],
    ['xcfg rules --json', 'gives everything that is known of them as one document'],
  ],
  exitStatus: { [exitCodes.ok]: 'listed', [exitCodes.findings]: null },
  options: (argv) =>
    argv.option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print one JSON document',
      group: 'Output:',
    }),
  run: async (args, io) => {
    const { runRules } = await import('./run-rules.ts');
    return await runRules(args, io);
  },
};
