import type { Attribute, BlockEntry } from '../../ast/nodes.ts';
import { findAttribute } from '../../catalog/catalogue.ts';
import { meantAttribute } from '../../catalog/meant-attribute.ts';
import type { Location } from '../../diagnostics/diagnostic.ts';
import type { ParseResult } from '../../grammar/result.ts';
import type { ModelDiagnostic } from '../../model/service.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { SourceService } from './source-configuration.ts';

/** Attribute lines that the daemon passes over with a warning; what else is said of a line leaves it in force. */
export const passedOver: ReadonlySet<string> = new Set([
  'unknown-attribute',
  'repeated-attribute',
  'bad-operator',
  'wrong-value-count',
]);

interface AttributeLine {
  readonly attribute: Attribute;
  readonly entry: BlockEntry;
}

/**
 * Lines that the daemon passes over. Its words say how a line breaks a rule, but neither what was meant by it nor that the
 * service runs without it, and the result keeps to what runs.
 */
export class IgnoredLines {
  readonly #trees: Iterable<ParseResult>;
  /** Whether the services of entries are switched off, by the places of these. */
  readonly #services = new Map<SourceText, Map<number, boolean>>();
  #lines: ReadonlyMap<SourceText, ReadonlyMap<number, AttributeLine>> | undefined;

  constructor(trees: Iterable<ParseResult>, services: readonly SourceService[]) {
    this.#trees = trees;
    for (const { service, isDisabled } of services) {
      const { source, range } = service.location;
      const here = this.#services.get(source) ?? new Map<number, boolean>();
      this.#services.set(source, here.set(range.start, isDisabled));
    }
  }

  /** What is said of a line: the words of the daemon, and of one that it ignores why and what comes of it. */
  textOf({ code, message, location }: ModelDiagnostic): string {
    const words = message.trimEnd();
    const line = location !== null && passedOver.has(code) ? this.#lineAt(location) : undefined;
    if (line === undefined || location === null) return words;
    const { attribute, entry } = line;
    const isKnown = findAttribute(attribute.key) !== undefined;
    const meant = isKnown ? attribute.key : meantAttribute(attribute.key, entry.kind);
    const question = isKnown || meant === undefined ? '' : ` (did you mean ${meant}?)`;
    const hasHash = attribute.values.some(({ text }) => text.startsWith('#'));
    const cause = hasHash && code === 'wrong-value-count' ? '; a # behind a value begins no comment' : '';
    const result = this.#resultOf(line, meant, code, location.source);
    return `${words}${question}${cause}; xinetd ignores the line${result}`;
  }

  #resultOf(
    { attribute, entry }: AttributeLine,
    meant: string | undefined,
    code: string,
    source: SourceText,
  ): string {
    const known = meant === undefined ? undefined : findAttribute(meant);
    if (known === undefined) return '';
    const isDisabled = this.#services.get(source)?.get(entry.start);
    const name = entry.name?.text ?? '';
    if (known.name === 'disable') {
      const asksForOff = attribute.values[0]?.text.toLowerCase() === 'yes';
      return asksForOff && isDisabled === false ? `, so ${name} is on` : '';
    }
    if (!known.restricts) return '';
    if (code === 'repeated-attribute') return ', so the one above it counts';
    if (entry.kind === 'defaults') return ', so services run without it';
    if (isDisabled === undefined) return '';
    return isDisabled ? `, so ${name} would run without it` : `, so ${name} runs without it`;
  }

  #lineAt({ source, range }: Location): AttributeLine | undefined {
    this.#lines ??= linesOf(this.#trees);
    return this.#lines.get(source)?.get(range.start);
  }
}

/** The attribute lines of files by their places. */
function linesOf(trees: Iterable<ParseResult>): ReadonlyMap<SourceText, ReadonlyMap<number, AttributeLine>> {
  const lines = new Map<SourceText, ReadonlyMap<number, AttributeLine>>();
  for (const { source, file } of trees) {
    const here = new Map<number, AttributeLine>();
    for (const entry of file.children) {
      if (entry.type !== 'Entry' || entry.syntax !== 'block') continue;
      for (const attribute of entry.attributes) here.set(attribute.start, { attribute, entry });
    }
    lines.set(source, here);
  }
  return lines;
}
