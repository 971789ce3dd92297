/** `./base.json`, `/etc/xcfg.json`: a word of `extends` that names a file and no preset. */
export function isPath(name: string): boolean {
  return name.startsWith('.') || name.startsWith('/') || name.endsWith('.json');
}
