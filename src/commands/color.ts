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

/**
 * Joins `--color` to its value: the word behind it if that is one of the choices, and otherwise the one that it stands for
 * alone, so that a file name behind it stays a file name.
 */
export function spellOutColor(words: readonly string[]): string[] {
  const isChoice = (word: string | undefined) => colorChoices.some((choice) => choice === word);
  const spelled: string[] = [];
  for (const [at, word] of words.entries()) {
    const isTaken = words[at - 1] === '--color' && isChoice(word);
    if (isTaken) continue;
    const next = words[at + 1];
    if (word === '--color') spelled.push(`--color=${isChoice(next) ? next : 'always'}`);
    else spelled.push(word === '--no-color' ? '--color=never' : word);
  }
  return spelled;
}
