import path from 'node:path';
import { SourceText } from '../../text/source-text.ts';
import type { HostTables, ModelFiles } from '../host-tables.ts';
import { systemInterfaces } from './interfaces.ts';
import { etcFiles, tablesOf } from './tables.ts';

/**
 * Look-ups in the databases of a directory, `/etc` or what stands for it; a missing file is an empty one. Interfaces are
 * those of this machine. Names are compared with words of a configuration, so both become text in the same way.
 */
export function readTables(directory: string, files: ModelFiles): HostTables {
  const texts = etcFiles.flatMap((name) => {
    const content = files.read(path.join(directory, name));
    return 'bytes' in content ? [[name, SourceText.fromBytes(name, content.bytes).text]] : [];
  });
  return tablesOf(Object.fromEntries(texts), systemInterfaces);
}
