/** Attributes of an entry in the text of a test; a list stands for its words. */
export type EntryText = Readonly<Record<string, string | number>>;

/** Who is not root can only start servers as what he is, and has to say so. */
function ownGroups(): EntryText {
  const [gid, groups] = [process.getgid?.() ?? 0, process.getgroups?.() ?? []];
  return groups.every((group) => group === gid) ? { group: gid } : { group: gid, groups: 'yes' };
}

const usual: EntryText = {
  type: 'UNLISTED',
  socket_type: 'stream',
  protocol: 'tcp',
  port: 0,
  bind: '127.0.0.1',
  wait: 'no',
  user: process.getuid?.() ?? 0,
  ...(process.getuid?.() === 0 ? {} : ownGroups()),
  flags: 'NOLIBWRAP',
  log_on_success: 'PID HOST EXIT DURATION',
  log_on_failure: 'HOST',
};

/** A `service` block on a port that the kernel chooses, with these attributes besides or instead of the usual ones. */
export function entry(name: string, attributes: EntryText): string {
  const lines = Object.entries({ ...usual, ...attributes }).map(([key, value]) => `\t${key} = ${value}\n`);
  return `service ${name}\n{\n${lines.join('')}}\n`;
}
