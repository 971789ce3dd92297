import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';

export type ExplainOptions = { name: string };

export const command: Command<ExplainOptions> = {
  usage: 'explain <name>',
  summary: 'Print what there is to know about a lint rule, an attribute or a code of convert.',
  description: 'The same text as on its page below docs/rules and docs/attributes, or in docs/conversion.md.',
  examples: [
    ['xcfg explain syntax/trailing-comment', 'says why the rule is there, with examples'],
    ['xcfg explain rate-approx', 'says what a remark of a conversion means'],
    ['xcfg explain only_from', 'says what the attribute takes, where, and what holds without it'],
  ],
  exitStatus: { [exitCodes.ok]: 'explained', [exitCodes.findings]: null },
  options: (argv) =>
    argv.positional('name', {
      type: 'string',
      demandOption: true,
      describe: 'A rule (group/rule), an attribute, or a code',
    }),
  run: async (args, io) => {
    const { runExplain } = await import('./run-explain.ts');
    return await runExplain(args, io);
  },
};
