import type { Format } from '../ast/nodes.ts';

/** Options that commands which read configurations have in common, each as yargs takes it. */

export const pathsPositional = {
  type: 'string',
  array: true,
  describe: 'Files, folders (as includedir reads them), patterns, "-" for standard input',
} as const;

export const fromOption = {
  choices: ['auto', 'inetd', 'xinetd'],
  default: 'auto',
  describe: 'Format of the input',
  group: 'Input:',
} as const;

export const dialectOption = {
  type: 'string',
  default: 'auto',
  describe: 'The inetd whose inetd.conf it is',
  group: 'Input:',
} as const;

export const stdinFilenameOption = {
  type: 'string',
  describe: 'Name of standard input in reports',
  group: 'Input:',
} as const;

/** What `fromOption` gives. */
export type FromChoice = (typeof fromOption.choices)[number];

/** The format that a choice names; undefined where the text is to decide. */
export function chosenFormat(choice: FromChoice): Format | undefined {
  return choice === 'auto' ? undefined : choice;
}
