import { parseInetd } from '../../grammar/inetd/parse.ts';
import { SourceText } from '../../text/source-text.ts';
import type { InetdItem, LinePlace, PlainLine } from './inetd-item.ts';
import { type InetdService, noLimits, noSocketOptions } from './inetd-service.ts';
import { readTree } from './read-tree.ts';
import { readingRules } from './reading-rules.ts';
import type { ReadingState } from './reading-state.ts';

/** Texts above this size are read line by line, and only the lines that are not plain as a tree. */
export const largeText = 512 * 1024;

/** Reads an inetd.conf for a conversion. */
export function readInetdText(
  source: SourceText,
  state: ReadingState,
  large: number = largeText,
): Generator<InetdItem> {
  return source.text.length < large ? readStretch(source, 1, state) : readLines(source, state);
}

function readStretch(source: SourceText, firstLine: number, state: ReadingState): Generator<InetdItem> {
  const parsed = parseInetd(source, { dialect: 'auto', rules: readingRules(state.dialect) });
  return readTree(parsed, firstLine, state);
}

/** A tree of more than this is not made at once. */
const longStretch = 64 * 1024;

/**
 * A line whose words have no parts, mean the same in every dialect, and are continued by none: name, `stream tcp` or
 * `dgram udp`, wait, user, path and arguments.
 */
const plainLine =
  /([A-Za-z_][\w-]*)[ \t]+(?:(stream)[ \t]+tcp|dgram[ \t]+udp)[ \t]+(no)?wait[ \t]+([A-Za-z_][\w-]*)[ \t]+(\/[\w./-]+)((?:[ \t]+[^\s\0"']+)*)[ \t]*(?:\n(?![ \t])|$)/y;

/** A comment, but neither a switched-off entry nor a policy. */
const plainComment = /#(?!@|[ \t]*<off>)[^\0\r\n]*(?=\n|$)/y;

/** The second or third word says that a definition of NetBSD begins, which may go on over any lines. */
const definition = /\S+[ \t]+(?:\S+[ \t]+)?(?:on|off)(?![^ \t\r\n#])/y;

/**
 * Reads the plain lines of a large text without making a tree of them. Measured with 100,000 plain lines (8.3 MB): the tree
 * takes 0.2 s and its words as long again, these patterns 0.05 s.
 */
function* readLines(source: SourceText, state: ReadingState): Generator<InetdItem> {
  const { text } = source;
  let at = 0;
  for (let line = 1; at < text.length; line += 1) {
    const start = at;
    const found = matchAt(plainLine, text, at);
    if (found !== null) {
      at = plainLine.lastIndex;
      yield plainLineOf(found, { source, start, end: at - 1, line }, state.defaultAddresses);
    } else if (text.startsWith('\n', at)) {
      at += 1;
      yield { type: 'Blank', start, end: at, lines: 1 };
    } else if (matchAt(plainComment, text, at) !== null) {
      at = plainComment.lastIndex + 1;
      yield { type: 'Comment', start, end: at - 1, text: text.slice(start, at - 1) };
    } else {
      at = endOfStretch(text, at);
      const stretch = new SourceText(source.path, text.slice(start, at), source.encoding);
      yield* readStretch(stretch, line, state);
      line += stretch.lines.count - (stretch.text.endsWith('\n') ? 2 : 1);
    }
  }
}

function plainLineOf(
  found: RegExpExecArray,
  { source, start, end, line }: LinePlace,
  addresses: readonly string[],
): PlainLine {
  const [, name = '', stream, no, user = '', server = '', args = ''] = found;
  const socketType = stream === undefined ? 'dgram' : 'stream';
  const wait = no === undefined;
  return {
    type: 'PlainLine',
    name,
    socketType,
    wait,
    user,
    server,
    args: args === '' ? '' : args.trimStart().replaceAll(/[ \t]{2,}|\t/g, ' '),
    addresses,
    source,
    start,
    end,
    line,
  };
}

/** A plain line as a service like others. */
export function serviceOfPlainLine(line: PlainLine): InetdService {
  return {
    kind: 'listed',
    name: line.name,
    addresses: line.addresses,
    socketType: line.socketType,
    protocol: line.socketType === 'stream' ? 'tcp' : 'udp',
    ipVersion: '',
    rpcVersion: null,
    wait: line.wait,
    user: line.user,
    group: null,
    server: line.server,
    isInternal: false,
    argv: line.args === '' ? [] : line.args.split(' '),
    limits: noLimits,
    socket: noSocketOptions,
    isDisabled: false,
  };
}

/** The start of the next line that needs no tree, or that begins something new when the stretch is long enough. */
function endOfStretch(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    if (matchAt(definition, text, at) !== null) return text.length;
    const end = text.indexOf('\n', at);
    if (end === -1) return text.length;
    at = end + 1;
    const needsTree = text[at] !== '\n' && !matchAt(plainComment, text, at) && !matchAt(plainLine, text, at);
    if (!needsTree || (at - start > longStretch && !isBlankAt(text, at))) return at;
  }
  return at;
}

/** A line that begins with a blank may continue the one before it. */
function isBlankAt(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
