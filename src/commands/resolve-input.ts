import path from 'node:path';
import type { Format } from '../ast/nodes.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { readTables } from '../model/host/disk-tables.ts';
import { startConditions } from '../model/host/start-conditions.ts';
import { type ResolveOptions, resolve } from '../model/resolve.ts';
import type { Configuration } from '../model/service.ts';
import { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { dialectOf } from './dialect-option.ts';
import type { ModelOptions } from './model-options.ts';
import { readMain } from './read-main.ts';

const systemEtc = '/etc';

/**
 * Reads and resolves the main file that a command names.
 * @param format what it is; undefined where the text is to decide
 * @throws UsageError for an unknown dialect
 */
export async function resolveInput(
  file: string | undefined,
  format: Format | undefined,
  options: ModelOptions,
  io: CommandIo,
): Promise<Configuration> {
  const dialect = dialectOf(options.dialect);
  const directory = io.cwd;
  const root = options.root === undefined ? undefined : path.resolve(directory, options.root);
  const files = diskFiles({ directory, root });
  const source = await readMain(file, root, files, io);
  // A folder that is named is meant as it is named; only the system's own is looked for below the root.
  const etc = options.etc ?? systemEtc;
  const etcSource = options.etc === undefined ? files : diskFiles({ directory });
  const inetd = options['inetd-compat'] ? etcSource.read(path.join(etc, 'inetd.conf')) : undefined;
  const settings: ResolveOptions = {
    profile: options.profile,
    format,
    dialect,
    tables: readTables(etc, etcSource),
    files,
    environment: Object.keys(io.env),
    start: startConditions(directory),
    ...(inetd !== undefined && 'bytes' in inetd
      ? { inetdCompat: SourceText.fromBytes(path.join(etc, 'inetd.conf'), inetd.bytes) }
      : {}),
  };
  return resolve(source, settings);
}
