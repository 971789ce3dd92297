/** Attributes of an entry in the text of a test; a list stands for its words. */
export type EntryText = Readonly<Record<string, string | number>>;

const usual: EntryText = {
  type: 'UNLISTED',
  socket_type: 'stream',
  protocol: 'tcp',
  port: 0,
  bind: '127.0.0.1',
  wait: 'no',
  user: process.getuid?.() ?? 0,
  flags: 'NOLIBWRAP',
  log_on_success: 'PID HOST EXIT DURATION',
  log_on_failure: 'HOST',
};

/** A `service` block on a port that the kernel chooses, with these attributes besides or instead of the usual ones. */
export function entry(name: string, attributes: EntryText): string {
  const lines = Object.entries({ ...usual, ...attributes }).map(([key, value]) => `\t${key} = ${value}\n`);
  return `service ${name}\n{\n${lines.join('')}}\n`;
}
