import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { write } from './output.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const command: Command<{ shell: (typeof shells)[number] }> = {
  usage: 'completion <shell>',
  summary: 'Print a script that lets a shell complete commands, options and their values.',
  examples: [
    ['source <(xcfg completion bash)', 'in ~/.bashrc'],
    ['xcfg completion fish > ~/.config/fish/completions/xcfg.fish', 'for fish, once'],
  ],
  options: (argv) =>
    argv.positional('shell', { choices: shells, demandOption: true, describe: 'The shell to complete in' }),
  run: async ({ shell }, io) => {
    const [{ completionScript }, { commands }] = await Promise.all([
      import('./completion-script.ts'),
      import('./registry.ts'),
    ]);
    await write(io.stdout, completionScript(shell, commands));
    return exitCodes.ok;
  },
};
