/** What `--color` may say; `--color` alone means always, `--no-color` means never. */
export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];

/**
 * Whether to colour one stream: the flag beats the environment, the environment beats the kind of stream.
 * NO_COLOR counts when it is not empty (no-color.org), FORCE_COLOR unless it is `0` or `false`.
 */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  choice: ColorChoice = 'auto',
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Gives `--color` and `--no-color` the value they stand for, so that the word behind them is not taken for it. */
export function spellOutColor(word: string): string {
  if (word === '--color') return '--color=always';
  return word === '--no-color' ? '--color=never' : word;
}
