import type { Encoding } from '../../text/source-text.ts';

/**
 * A command line for ExecStart=, so that the server sees exactly the given path and words (systemd.service(5), "COMMAND
 * LINES"; each rule was checked against what `systemd --test` parsed).
 *
 * `-`: exit status and signals of a server do not matter, as to inetd. `@`: the word behind the path is argv[0].
 */
export function execLine(path: string, argv: readonly string[], encoding: Encoding): string {
  // `$` is no variable in a path.
  const program = quoted(`-@${escaped(path, encoding)}`, path);
  return [program, ...argv.map((word) => commandWord(word, encoding))].join(' ');
}

/** One word of a command line behind the path. */
export function commandWord(word: string, encoding: Encoding): string {
  // Alone it would begin a second command.
  if (word === ';') return '\\;';
  return quoted(escaped(word, encoding).replaceAll('$', '$$$$'), word);
}

/** `NAME=VALUE` for Environment=, where `$` is a letter like others. */
export function environmentWord(assignment: string, encoding: Encoding): string {
  return quoted(escaped(assignment, encoding), assignment);
}

/** A path that systemd takes as the program of a command line; it refuses others whatever the quoting. */
export function isProgramPath(path: string): boolean {
  return /^\/[^\x00-\x1F\x7F"'\\]*[^\x00-\x1F\x7F"'\\/]$/.test(path);
}

/** Doubles `%`, which begins a specifier in almost every setting. */
export function withoutSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

function quoted(text: string, word: string): string {
  return word === '' || /[\s"']/.test(word) ? `"${text}"` : text;
}

function escaped(word: string, encoding: Encoding): string {
  // Text that is no UTF-8 was decoded as latin1, one unit for one byte; systemd refuses such bytes unless escaped.
  const foreign = encoding === 'latin1' ? /[\x00-\x1F\x7F-\xFF]/g : /[\x00-\x1F\x7F]/g;
  return withoutSpecifiers(word.replaceAll(/[\\"]/g, '\\$&')).replaceAll(foreign, (character) =>
    character === '\t' ? '\\t' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
