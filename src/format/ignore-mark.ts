import type { Comment } from '../ast/nodes.ts';

/** Whether a comment asks to leave the entry below it as it is: `# xcfg-ignore`, with a reason behind it or not. */
export function isIgnoreMark(comment: Comment): boolean {
  return /^#[ \t]*xcfg-ignore(?:[ \t]|$)/.test(comment.text);
}
