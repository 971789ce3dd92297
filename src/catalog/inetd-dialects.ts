/** The daemons (and one converter) that read inetd.conf, each in its own way. */
export const dialects = [
  'freebsd',
  'dragonfly',
  'netbsd',
  'openbsd',
  'debian-openbsd',
  'gnu',
  'busybox',
  'netkit',
  'darwin',
  'solaris',
  'illumos',
  'aix',
  'hpux',
  'irix',
  'sco',
  'dgux',
  'nonstop',
  'interix',
  'minix-vmd',
  'ultrix',
  'rlinetd',
] as const;

export type Dialect = (typeof dialects)[number];

/** `auto` is the union of all dialects, with a warning where they disagree. */
export type DialectChoice = Dialect | 'auto';

/** Every name that `dialectNamed` knows. */
export const dialectNames: readonly string[] = ['auto', 'union', 'debian', ...dialects];

/** The dialect of a name on the command line: `debian` is short for the inetd that Debian installs, `union` is `auto`. */
export function dialectNamed(name: string): DialectChoice | undefined {
  if (name === 'auto' || name === 'union') return 'auto';
  return name === 'debian' ? 'debian-openbsd' : dialects.find((dialect) => dialect === name);
}
