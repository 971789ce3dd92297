import type { ModelFiles } from '../model/host-tables.ts';

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
