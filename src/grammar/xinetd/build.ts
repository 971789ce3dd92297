import type { IToken } from 'chevrotain';
import type {
  AssignmentOperator,
  Attribute,
  Blank,
  BlockEntry,
  BodyNode,
  Brace,
  Comment,
  Directive,
  Problem,
  Unknown,
  Word,
} from '../../ast/nodes.ts';
import { blockProblems } from './problems.ts';
import { Service } from './tokens.ts';

/** Nodes out of tokens. Ranges are those of the text that counts, without white space and line ends. */

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

export function word(token: IToken): Word {
  return { type: 'Word', start: token.startOffset, end: endOf(token), text: token.image };
}

export function unknown(words: readonly Word[]): Unknown {
  return { type: 'Unknown', start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, words };
}

export function comment(token: IToken): Comment {
  return { type: 'Comment', start: token.startOffset, end: endOf(token), text: token.image };
}

export function blank(first: IToken, last: IToken, lines: number): Blank {
  return { type: 'Blank', start: first.startOffset, end: endOf(last), lines };
}

export function brace(token: IToken, text: '{' | '}', extra: readonly Word[]): Brace {
  return { type: 'Brace', start: token.startOffset, end: extra.at(-1)?.end ?? endOf(token), text, extra };
}

/** A brace that stands where none can, as a word. */
export function braceWord(found: Brace): Word {
  return { type: 'Word', start: found.start, end: found.start + 1, text: found.text };
}

export function directive(
  kind: 'include' | 'includedir',
  keyword: IToken,
  values: readonly Word[],
): Directive {
  return {
    type: 'Directive',
    kind,
    start: keyword.startOffset,
    end: values.at(-1)?.end ?? endOf(keyword),
    keyword: word(keyword),
    values,
  };
}

/**
 * The name runs to the `=`, so the sign of `only_from+=x` is its last character; people mean it as the operator.
 */
export function attribute({ image, startOffset }: IToken, values: readonly Word[]): Attribute {
  const operatorAt = operatorIndex(image);
  const text = image.slice(0, nameLength(image, operatorAt));
  const end = startOffset + image.length;
  return {
    type: 'Attribute',
    start: startOffset,
    end: values[values.length - 1]?.end ?? end,
    key: text.toLowerCase(),
    name: { type: 'Word', start: startOffset, end: startOffset + text.length, text },
    operator: { type: 'Operator', start: startOffset + operatorAt, end, operator: operatorOf(image) },
    values,
  };
}

/** Name and operator of an assignment as words, a sign that touches the name in the first one. */
export function assignmentWords({ image, startOffset }: IToken): readonly Word[] {
  const signAt = operatorIndex(image);
  const nameEnd = nameLength(image, signAt);
  const operatorAt = nameEnd === signAt ? image.length - 1 : signAt;
  const part = (from: number, to: number): Word => ({
    type: 'Word',
    start: startOffset + from,
    end: startOffset + to,
    text: image.slice(from, to),
  });
  return [part(0, nameEnd === signAt ? operatorAt : nameEnd), part(operatorAt, image.length)];
}

/** Where the operator begins in an assignment, which ends with the equals sign. */
function operatorIndex(image: string): number {
  const equals = image.length - 1;
  return operatorOf(image) === 'set' ? equals : equals - 1;
}

function operatorOf(image: string): AssignmentOperator {
  const sign = image.charAt(image.length - 2);
  return sign === '+' ? 'add' : sign === '-' ? 'remove' : 'set';
}

/** What is left in front of an operator without the white space between. */
function nameLength(image: string, operatorAt: number): number {
  let length = operatorAt;
  while (isSpace(image.charCodeAt(length - 1))) length -= 1;
  return length;
}

/** A C `isspace` byte. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
}

/** The words of a header line: name, what the daemon ignores, and a brace that should stand on the next line. */
export interface Header {
  readonly name: Word | null;
  readonly extra: readonly Word[];
  readonly open: Brace | null;
}

export function splitHeader(keyword: IToken, words: readonly Word[]): Header {
  const hasName = keyword.tokenType === Service;
  const name = hasName ? (words[0] ?? null) : null;
  const others = hasName ? words.slice(1) : words;
  const at = others.findIndex((each) => each.text === '{');
  const found = others[at];
  if (found === undefined) return { name, extra: others, open: null };
  const behind = others.slice(at + 1);
  return {
    name,
    extra: others.slice(0, at),
    open: {
      type: 'Brace',
      start: found.start,
      end: behind.at(-1)?.end ?? found.end,
      text: '{',
      extra: behind,
    },
  };
}

const none: readonly Problem[] = [];

export function blockEntry(
  keyword: IToken,
  header: Header,
  open: Brace | null,
  body: readonly BodyNode[],
  close: Brace | null,
): BlockEntry {
  const attributes = body.filter((node): node is Attribute => node.type === 'Attribute');
  const headerEnd = open?.end ?? header.extra.at(-1)?.end ?? header.name?.end ?? endOf(keyword);
  const bodyEnd = body.findLast((node) => node.type !== 'Blank')?.end ?? headerEnd;
  const entry: BlockEntry = {
    type: 'Entry',
    syntax: 'block',
    kind: keyword.tokenType === Service ? 'service' : 'defaults',
    start: keyword.startOffset,
    end: close?.end ?? Math.max(headerEnd, bodyEnd),
    keyword: word(keyword),
    name: header.name,
    extra: header.extra,
    open,
    body,
    close,
    attributes,
    problems: none,
  };
  const problems = blockProblems(entry, header.open !== null);
  return problems.length === 0 ? entry : { ...entry, problems };
}
