/**
 * Accounts and groups that every UNIX system came with: in `nobody.daemon` and `root.wheel` the dot surely separates, while
 * `first.last` may be the name of one person.
 */
const accounts = new Set([
  'root',
  'daemon',
  'bin',
  'sys',
  'adm',
  'operator',
  'nobody',
  'uucp',
  'lp',
  'mail',
  'news',
]);
const groups = new Set([...accounts, 'wheel', 'tty', 'kmem', 'other', 'staff', 'nogroup', 'disk', 'man']);

export function isSystemAccount(name: string): boolean {
  return accounts.has(name);
}

export function isSystemGroup(name: string): boolean {
  return groups.has(name);
}
