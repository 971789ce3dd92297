import { lostComment } from '../catalog/lost-comment.ts';

/**
 * The comments under which a piece of the source stays that cannot be carried over: its place (`line 3`), and in `texts` its
 * lines, where they are to be kept.
 */
export function lostText(place: string, code: string, texts: readonly string[]): readonly string[] {
  return [lostComment(place, code), ...texts.map((text) => `#   ${text}`)];
}
