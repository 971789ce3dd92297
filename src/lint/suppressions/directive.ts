import type { Comment, Entry, File, Word } from '../../ast/nodes.ts';
import { isLostComment } from '../../catalog/lost-comment.ts';
import { closestWord } from '../../text/closest-word.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import { ruleGroups } from '../rule.ts';

export type DirectiveKind = 'ignore' | 'file-ignore' | 'disable' | 'enable';

/** A comment that tells the linter to be silent: `# xcfg: ignore[group/rule, group/*] -- reason`. */
export interface SuppressionDirective extends Range {
  readonly kind: DirectiveKind | null;
  /** The word that stands where the kind should. */
  readonly word: string;
  /** It is one but for the colon behind `xcfg`, and so means nothing. */
  readonly lacksColon: boolean;
  /** Rule names and `group/*`, each at its place; null without brackets. */
  readonly rules: readonly Word[] | null;
  readonly reason: string | null;
  /** The lines that it silences, first and last; null where there is nothing for it to apply to. */
  readonly lines: { readonly first: number; readonly last: number } | null;
  /** Stands behind something else on its line, where it is no comment at all. */
  readonly isTrailing: boolean;
}

const form = /^(#+[ \t]*xcfg:[ \t]*)([a-z-]*)[ \t]*(?:\[([^\]]*)\])?[ \t]*(.*)$/i;
export const directiveKinds = ['ignore', 'file-ignore', 'disable', 'enable'] as const;
const kinds: ReadonlySet<string> = new Set(directiveKinds);

/** Without the colon a comment is none that anyone writes as prose if the list, a rule or nothing stands behind the word. */
const formWithoutColon = new RegExp(
  `^#+[ \\t]*xcfg[ \\t]*(?:[ \\t:=;.,-])[ \\t]*([a-z-]+)[ \\t]*(\\[|(?:${ruleGroups.join('|')})/|$)`,
  'i',
);

/** The directives of a file, in source order. */
export function readDirectives(file: File, source: SourceText): readonly SuppressionDirective[] {
  // Files without any are the rule.
  if (!/#[ \t]*xcfg/i.test(source.text)) return [];
  const comments = file.children.flatMap((node) =>
    node.type === 'Comment' ? [node] : commentsIn(node as Entry),
  );
  const directives = comments.flatMap((comment) => {
    const directive = readDirective(comment, comment.text, false);
    return directive === undefined ? [] : [directive];
  });
  const all = [...directives, ...trailingDirectives(file, source)].sort((a, b) => a.start - b.start);
  return all.map((each) => ({ ...each, lines: each.isTrailing ? null : linesOf(each, all, file, source) }));
}

function commentsIn(node: Entry): readonly Comment[] {
  if (node.type !== 'Entry' || node.syntax !== 'block') return [];
  return node.body.filter((each): each is Comment => each.type === 'Comment');
}

/** `# xcfg:` behind a value: the daemon takes it for more values. */
function trailingDirectives(file: File, source: SourceText): SuppressionDirective[] {
  const found: SuppressionDirective[] = [];
  // Word for word it costs as much as some rules, and few files have any.
  if (!/xcfg:/i.test(source.text)) return found;
  for (const node of file.children) {
    if (node.type !== 'Entry') continue;
    const wordLists = node.syntax === 'block' ? node.attributes.map(({ values }) => values) : [node.fields];
    for (const words of wordLists) {
      const at = words.findIndex(({ start }) =>
        /^#+(?:[ \t]*xcfg:)/i.test(source.text.slice(start, start + 200)),
      );
      const first = words[at];
      const last = words.at(-1);
      if (first === undefined || last === undefined) continue;
      const range = { start: first.start, end: last.end };
      const directive = readDirective(range, source.slice(range), true);
      if (directive !== undefined) found.push(directive);
    }
  }
  return found;
}

function readDirective(at: Range, text: string, isTrailing: boolean): SuppressionDirective | undefined {
  if (isLostComment(text)) return undefined;
  const match = form.exec(text);
  if (match === null) return readWithoutColon(at, text, isTrailing);
  const [, lead = '', word = '', list, rest = ''] = match;
  const kind = word.toLowerCase();
  const reason = /^--[ \t]*(.+)$/.exec(rest)?.[1]?.trim();
  return {
    start: at.start,
    end: at.start + text.trimEnd().length,
    kind: kinds.has(kind) ? (kind as DirectiveKind) : null,
    word,
    lacksColon: false,
    rules: list === undefined ? null : readRules(list, at.start + text.indexOf('[', lead.length) + 1),
    reason: reason ?? null,
    lines: null,
    isTrailing,
  };
}

function readWithoutColon(at: Range, text: string, isTrailing: boolean): SuppressionDirective | undefined {
  const [, word = '', behind = ''] = formWithoutColon.exec(text.trimEnd()) ?? [];
  const isMeant =
    behind === '' ? kinds.has(word.toLowerCase()) : closestWord(word.toLowerCase(), kinds) !== undefined;
  if (!isMeant) return undefined;
  const range = { start: at.start, end: at.start + text.trimEnd().length };
  return { ...range, kind: null, word, lacksColon: true, rules: null, reason: null, lines: null, isTrailing };
}

function readRules(list: string, start: number): Word[] {
  return [...list.matchAll(/[^\s,]+/g)].map((match) => {
    const from = start + match.index;
    return { type: 'Word', start: from, end: from + match[0].length, text: match[0] };
  });
}

function linesOf(
  directive: SuppressionDirective,
  all: readonly SuppressionDirective[],
  file: File,
  source: SourceText,
): SuppressionDirective['lines'] {
  const line = source.lineAt(directive.start);
  const end = source.lines.count;
  switch (directive.kind) {
    case 'file-ignore':
      return { first: 1, last: end };
    case 'disable': {
      const names = new Set(directive.rules?.map(({ text }) => text));
      const enable = all.find(
        (other) =>
          other.kind === 'enable' &&
          other.start > directive.start &&
          other.rules?.some(({ text }) => names.has(text)),
      );
      return { first: line, last: enable === undefined ? end : source.lineAt(enable.start) };
    }
    case 'ignore':
      return nextLines(directive, file, source);
    default:
      return null;
  }
}

/** The next line that is neither comment nor blank; all of an entry when that is its header. */
function nextLines({ end }: Range, file: File, source: SourceText): SuppressionDirective['lines'] {
  for (const node of file.children) {
    if (node.type === 'Comment' || node.type === 'Blank' || node.end <= end) continue;
    if (node.start > end) return span(node, source);
    if (node.type !== 'Entry' || node.syntax !== 'block') return null;
    const inside = node.body.find(
      (each) => each.type !== 'Comment' && each.type !== 'Blank' && each.start > end,
    );
    return inside === undefined ? null : span(inside, source);
  }
  return null;
}

function span(range: Range, source: SourceText): { readonly first: number; readonly last: number } {
  return { first: source.lineAt(range.start), last: source.lineAt(range.end) };
}
