import type { ModelFiles } from '../../model/host-tables.ts';

export const ruleFiles: readonly string[] = ['/etc/hosts.allow', '/etc/hosts.deny'];

/** True when the files of hosts_access(5) hold anything but comments; a file that cannot be read counts as rules. */
export function hasLibwrapRules(files: Pick<ModelFiles, 'read'>): boolean {
  return ruleFiles.some((path) => {
    const content = files.read(path);
    if (!('bytes' in content)) return content.error !== 'missing';
    return /^[ \t]*[^#\s]/m.test(content.bytes.toString('latin1'));
  });
}
