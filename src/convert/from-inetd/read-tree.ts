import type { Directive, Entry, LineEntry, TopLevel, Unknown } from '../../ast/nodes.ts';
import { syntheticComment } from '../../ast/synthetic.ts';
import type { ParseResult } from '../../grammar/result.ts';
import type { Range } from '../../text/range.ts';
import { PlaceReport } from '../diagnostic.ts';
import { isRejection, rejection } from '../rejection.ts';
import { type InetdItem, type LinePlace, lostLine } from './inetd-item.ts';
import { readEntry } from './read-entry.ts';
import { reportIndentedFirst } from './read-problems.ts';
import type { ReadingState } from './reading-state.ts';
import { reportCrlf } from './report-crlf.ts';

/**
 * Reads a parsed file, or a parsed stretch of one that begins at `firstLine`. What is wrong with a line is said, and the
 * next one is read.
 */
export function* readTree(parsed: ParseResult, firstLine: number, state: ReadingState): Generator<InetdItem> {
  const reader = new TreeReader(parsed, firstLine, state);
  reader.reportFileProblems();
  for (const node of parsed.file.children) yield* reader.read(node);
}

class TreeReader {
  readonly #parsed: ParseResult;
  readonly #firstLine: number;
  readonly #state: ReadingState;
  /** Whether an entry stands right above. */
  #isBelowEntry = false;

  constructor(parsed: ParseResult, firstLine: number, state: ReadingState) {
    this.#parsed = parsed;
    this.#firstLine = firstLine;
    this.#state = state;
  }

  reportFileProblems(): void {
    for (const { code, start } of this.#parsed.file.problems) {
      if (code === 'crlf') {
        reportCrlf(this.#state, this.#parsed.source.path, this.#lineAt(start));
      } else if (code === 'indented-comment') {
        this.#reportAt(start).warning(
          'indented-comment',
          'taken for a comment; to most daemons these words are arguments',
        );
      }
    }
  }

  *read(node: TopLevel): Generator<InetdItem> {
    yield* this.#nodeItems(node);
    this.#isBelowEntry = node.type === 'Entry';
  }

  *#nodeItems(node: TopLevel): Generator<InetdItem> {
    switch (node.type) {
      case 'Entry':
        yield* this.#entry(node);
        break;
      case 'Comment':
      case 'Blank':
        yield node;
        break;
      case 'Directive':
        yield* this.#directive(node);
        break;
      case 'Unknown':
        yield* this.#unknown(node);
    }
  }

  *#entry(entry: Entry): Generator<InetdItem> {
    const place = this.#placeOf(entry);
    if (entry.syntax === 'line') {
      yield* this.#lineEntry(entry, place);
      return;
    }
    const lost = rejection('netbsd-keyvalue', 'definitions of NetBSD cannot be converted');
    yield lostLine(place, lost, this.#state.report);
  }

  *#lineEntry(entry: LineEntry, place: LinePlace): Generator<InetdItem> {
    const state = this.#state;
    const { text, path } = this.#parsed.source;
    for (const each of entry.between) {
      if (each.type === 'Comment') yield each;
    }
    if (entry.trailing !== null) yield entry.trailing;
    const report = new PlaceReport(state.report, { file: path, line: place.line });
    this.#reportContinuations(entry, place.line);
    this.#reportIndent(entry, report);
    const service = readEntry(entry, text, state, report);
    if (isRejection(service)) {
      yield lostLine(place, service, state.report);
      return;
    }
    yield { type: 'Service', service, place };
  }

  *#directive(node: Directive): Generator<InetdItem> {
    const report = this.#reportAt(node.start);
    switch (node.kind) {
      case 'default-bind': {
        const addresses = node.values.map((value) => value.text);
        const shown = addresses.join(',');
        this.#state.defaultAddresses = addresses.includes('*') ? [] : addresses;
        report.info('default-address', `address ${shown} applies to the following lines`);
        yield syntheticComment(`# inetd default address: ${shown}`);
        break;
      }
      case 'ipsec-policy':
        report.warning('ipsec-lost', 'the IPsec policy is kept as a comment only');
        yield syntheticComment(this.#parsed.source.slice(node));
        break;
      case 'section':
        yield syntheticComment(this.#parsed.source.slice(node));
        break;
      default: {
        const lost = rejection('include-lost', 'included files are not read; convert them one by one');
        yield lostLine(this.#placeOf(node), lost, this.#state.report);
      }
    }
  }

  *#unknown(node: Unknown): Generator<InetdItem> {
    if (/^(?:\uFEFF|\xEF\xBB\xBF)$/.test(node.words[0]?.text ?? '')) {
      this.#reportAt(node.start).warning('byte-order-mark', 'the byte order mark is dropped');
      return;
    }
    const lost = rejection('bad-line', 'neither a service nor a directive');
    yield lostLine(this.#placeOf(node), lost, this.#state.report);
  }

  #reportContinuations(entry: LineEntry, firstLine: number): void {
    const { text, path } = this.#parsed.source;
    let at = text.indexOf('\n', entry.start);
    for (let line = firstLine + 1; at !== -1 && at < entry.end; line += 1) {
      const end = text.indexOf('\n', at + 1);
      if (/^[ \t]+[^ \t\r#]/.test(text.slice(at + 1, end === -1 ? undefined : end))) {
        new PlaceReport(this.#state.report, { file: path, line }).info(
          'continuation',
          'line that begins with white space continues the service line above',
        );
      }
      at = end;
    }
  }

  /** GNU continues no line, so that its tree says nothing of white space in front of one. */
  #reportIndent(entry: LineEntry, report: PlaceReport): void {
    if (this.#state.dialect !== 'gnu' || this.#isBelowEntry) return;
    const { text } = this.#parsed.source;
    const before = text.slice(text.lastIndexOf('\n', entry.start - 1) + 1, entry.start);
    if (/^[ \t]+$/.test(before)) reportIndentedFirst(report);
  }

  #placeOf({ start, end }: Range): LinePlace {
    return { source: this.#parsed.source, start, end, line: this.#lineAt(start) };
  }

  #reportAt(offset: number): PlaceReport {
    return new PlaceReport(this.#state.report, {
      file: this.#parsed.source.path,
      line: this.#lineAt(offset),
    });
  }

  #lineAt(offset: number): number {
    return this.#firstLine - 1 + this.#parsed.source.lineAt(offset);
  }
}
