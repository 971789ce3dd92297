/** Long options that old programs spell with one dash; the value is either the next word or joined by `=`. */
type LegacyOptions = Readonly<Record<string, 'flag' | 'value'>>;

/** The single-dash options of itox and xinetd by the command that stands in for the program. */
const legacyOptions: Readonly<Record<string, LegacyOptions>> = {
  convert: { daemon_dir: 'value' },
  // xinetd(8); `-d` and `-f FILE` have one letter and need no help.
  serve: {
    filelog: 'value',
    syslog: 'value',
    pidfile: 'value',
    dontfork: 'flag',
    stayalive: 'flag',
    limit: 'value',
    logprocs: 'value',
    shutdownprocs: 'value',
    cc: 'value',
    reuse: 'flag',
    version: 'flag',
    inetd_compat: 'flag',
  },
};

/**
 * Gives the single-dash options of old programs a second dash (`-daemon_dir DIR` becomes `--daemon-dir=DIR`), because
 * yargs would read them as a bunch of one-letter options. A value is joined to its option, so that `-limit -1` works.
 */
export function rewriteLegacyOptions(argv: readonly string[]): string[] {
  const commandAt = argv.findIndex((word) => !word.startsWith('-'));
  const options = legacyOptions[argv[commandAt] ?? ''];
  if (options === undefined) return [...argv];
  const rewritten = argv.slice(0, commandAt + 1);
  for (let at = commandAt + 1; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return [...rewritten, ...argv.slice(at)];
    const match = /^-([a-z_]+)(=.*)?$/s.exec(word);
    const name = match?.[1] ?? '';
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined) {
      rewritten.push(word);
      continue;
    }
    const option = `--${name.replaceAll('_', '-')}`;
    const next = argv[at + 1];
    if (match?.[2] !== undefined) rewritten.push(option + match[2]);
    else if (kind === 'value' && next !== undefined) {
      rewritten.push(`${option}=${next}`);
      at++;
    } else rewritten.push(option);
  }
  return rewritten;
}
