import path from 'node:path';
import type { ModelFiles } from '../host-tables.ts';

/** The files of hosts_access(5), in the order in which they are asked. */
export const ruleFiles: readonly string[] = ['hosts.allow', 'hosts.deny'];

/** True when the rule files of a folder hold anything but comments; one that cannot be read counts as rules. */
export function hasLibwrapRules(folder: string, files: Pick<ModelFiles, 'read'>): boolean {
  return ruleFiles.some((name) => {
    const content = files.read(path.join(folder, name));
    if (!('bytes' in content)) return content.error !== 'missing';
    return /^[ \t]*[^#\s]/m.test(content.bytes.toString('latin1'));
  });
}
