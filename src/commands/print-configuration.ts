import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOnDisk } from '../text/bare-bytes.ts';
import type { CommandIo } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { ConfigurationLoader } from './lint-configuration.ts';
import { write } from './output.ts';
import type { LintArguments } from './run-lint.ts';

/** Prints what the configuration comes to for each named file, every value with what said it. */
export async function printConfiguration(
  { paths = [], stdinFilename = '-' }: LintArguments,
  loader: ConfigurationLoader,
  io: CommandIo,
): Promise<ExitCode> {
  const named = paths.length === 0 ? ['-'] : paths;
  const files: unknown[] = [];
  for (const word of named) {
    const path = word === '-' ? stdinFilename : word;
    const isFolder =
      statSync(nameOnDisk(resolve(io.cwd, path)), { throwIfNoEntry: false })?.isDirectory() === true;
    const { settings, sources, values } = await loader.for(isFolder ? `${path}/.` : path);
    files.push({
      path,
      sources,
      settings: Object.fromEntries(values),
      rules: Object.fromEntries(
        settings
          .settingsFor(path)
          .map(({ rule, level, options, from }) => [
            rule.meta.name,
            { level, ...(options === undefined ? {} : { options }), from },
          ]),
      ),
    });
  }
  await write(io.stdout, `${JSON.stringify({ version: 1, files }, null, 2)}\n`);
  return exitCodes.ok;
}
