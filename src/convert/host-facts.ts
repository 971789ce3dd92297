import path from 'node:path';
import type { ModelFiles } from '../model/host-tables.ts';

/** Whether hosts.allow or hosts.deny of a folder holds a rule (hosts_access(5)). */
export function hasHostsRules(folder: string, files: ModelFiles): boolean {
  return ['hosts.allow', 'hosts.deny'].some((name) => {
    const content = files.read(path.join(folder, name));
    return 'bytes' in content && /^[ \t]*[^#\s]/m.test(content.bytes.toString('latin1'));
  });
}

const scriptName = /\.(?:sh|bash|ksh|zsh|pl|py|rb|tcl|php|lua)$/;

/** Tells scripts by their name, or by their first line where the file is on this system. */
export function scriptDetector(files: ModelFiles): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (program) => {
    const found = known.get(program) ?? (scriptName.test(program) || beginsAsScript(program, files));
    known.set(program, found);
    return found;
  };
}

function beginsAsScript(program: string, files: ModelFiles): boolean {
  const content = files.read(program);
  return 'bytes' in content && content.bytes.subarray(0, 2).toString('latin1') === '#!';
}
