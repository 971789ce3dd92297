import type { Format } from '../ast/nodes.ts';
import type { ProfileName } from '../catalog/profiles.ts';
import { quirksOf } from '../model/profiles.ts';
import { chosenFormat, type FromChoice } from './input-options.ts';
import { UsageError } from './usage-error.ts';

/**
 * What the main file is by the word of the user; undefined where the text is to decide.
 * @param option the option that says it
 * @throws UsageError when the daemon of the profile does not read the format
 */
export function mainFormat(option: string, choice: FromChoice, profile: ProfileName): Format | undefined {
  const format = chosenFormat(choice);
  if (format === 'inetd' && quirksOf(profile).has('line-sections')) {
    throw new UsageError(
      `${option} inetd: ${profile} reads no inetd.conf in the place of its own`,
      'use the profile "serve", or --inetd-compat',
    );
  }
  return format;
}
