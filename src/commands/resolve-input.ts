import path from 'node:path';
import type { Format } from '../ast/nodes.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { readTables } from '../model/host/disk-tables.ts';
import { startConditions } from '../model/host/start-conditions.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import { type ResolveOptions, resolve } from '../model/resolve.ts';
import type { Configuration } from '../model/service.ts';
import { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { dialectOf } from './dialect-option.ts';
import type { ModelOptions } from './model-options.ts';
import { readMain } from './read-main.ts';

const systemEtc = '/etc';

/** The system for which a configuration is read. */
export interface Surroundings {
  readonly root: string | undefined;
  readonly files: ModelFiles;
  /** The folder of the tables, and the files in which it is looked for. */
  readonly etc: string;
  readonly etcFiles: ModelFiles;
  readonly tables: HostTables;
}

export function surroundingsOf(
  options: Pick<ModelOptions, 'etc' | 'root'>,
  { cwd }: CommandIo,
): Surroundings {
  const root = options.root === undefined ? undefined : path.resolve(cwd, options.root);
  const files = diskFiles({ directory: cwd, root });
  // A folder that is named is meant as it is named; only the system's own is looked for below the root.
  const etc = options.etc ?? systemEtc;
  const etcFiles = options.etc === undefined ? files : diskFiles({ directory: cwd });
  return { root, files, etc, etcFiles, tables: readTables(etc, etcFiles) };
}

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
  { root, files, etc, etcFiles, tables }: Surroundings = surroundingsOf(options, io),
): Promise<Configuration> {
  const dialect = dialectOf(options.dialect);
  const source = await readMain(file, root, files, io);
  const inetdPath = path.join(etc, 'inetd.conf');
  const inetd = options['inetd-compat'] ? etcFiles.read(inetdPath) : undefined;
  const settings: ResolveOptions = {
    profile: options.profile,
    format,
    dialect,
    tables,
    files,
    environment: Object.keys(io.env),
    start: startConditions(io.cwd),
    ...(inetd !== undefined && 'bytes' in inetd
      ? { inetdCompat: SourceText.fromBytes(inetdPath, inetd.bytes) }
      : {}),
  };
  return resolve(source, settings);
}
