import { isPattern } from '../config/option-fault.ts';
import { type TemplateKind, templateKinds } from './template-kinds.ts';
import { UsageError } from './usage-error.ts';

/** What each kind replaces, over several lines where it may. */
const patterns: Readonly<Record<TemplateKind, string>> = {
  erb: '<%[^]*?%>',
  epp: '<%[^]*?%>',
  jinja: '\\{\\{[^]*?\\}\\}|\\{%[^]*?%\\}|\\{#[^]*?#\\}',
  autoconf: '@[A-Za-z_][A-Za-z0-9_]*@',
};

/**
 * The placeholders that a word of `--template` means: those of a kind, or those that it matches itself.
 * @throws UsageError when it is neither
 */
export function templatePattern(word: string): RegExp {
  const kind = templateKinds.find((each) => each === word);
  if (kind !== undefined) return new RegExp(patterns[kind], 'g');
  if (!/^[\w-]+$/.test(word) && isPattern(word)) return new RegExp(word, 'g');
  throw new UsageError(
    `option "--template" cannot be "${word}"`,
    `choose one of ${templateKinds.join(', ')}, or give a regular expression`,
  );
}
