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

export const stdinFilenameOption = {
  type: 'string',
  describe: 'Name of standard input in reports',
  group: 'Input:',
} as const;

/** What `fromOption` gives. */
export type FromChoice = (typeof fromOption.choices)[number];
