/**
 * The comment that a converted text has for what could not be carried over: where it stood (`line 3`, `web, line 3`), and
 * why it is lost. It begins as the comments that silence the linter do, and is none of them.
 */
export function lostComment(place: string, code: string): string {
  return `# xcfg: ${place} not converted: ${code}`;
}

export function isLostComment(comment: string): boolean {
  return /^#+[ \t]*xcfg: (?:.*, )?line \d+ not converted: /.test(comment);
}
