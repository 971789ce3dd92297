import type { Entry, File } from '../ast/nodes.ts';
import { findAttribute } from '../catalog/catalogue.ts';
import type { SourceText } from '../text/source-text.ts';
import { locate } from './locate.ts';
import type { RawFinding } from './raw-finding.ts';
import type { SourceTree } from './source-tree.ts';

/**
 * What entries say in lines that do not count, as another finding tells. That something is missing follows from it: where
 * `only_form = 192.0.2.1` is reported, an open service is no second thing to repair.
 */
export class Attempts {
  readonly #ofEntries = new Map<Entry, Set<string>>();
  /** Of `defaults` sections in which something is wrong: lines behind it, or the whole section, may be lost. */
  readonly #ofDefaults = new Set<string>();
  readonly #files: ReadonlyMap<SourceText, File>;

  constructor(findings: readonly RawFinding[], tree: SourceTree) {
    this.#files = new Map(tree.files.map(({ source, file }) => [source, file]));
    for (const each of findings) if (isFault(each)) this.#add(each);
  }

  /** Whether a finding is about something missing that a line says. */
  explain({ source, finding }: RawFinding): boolean {
    const { lacks } = finding;
    if (lacks === undefined) return false;
    const entry = this.#entryAt({ source, finding });
    const own = entry === undefined ? undefined : this.#ofEntries.get(entry);
    return lacks.some((name) => own?.has(name) === true || this.#ofDefaults.has(name));
  }

  #add(fault: RawFinding): void {
    const { source, finding } = fault;
    const entry = this.#entryAt(fault);
    if (entry === undefined) return;
    if (finding.means !== undefined) this.#attempt(entry, finding.means);
    const line = source.lineAt(finding.at.start);
    const isDefaults = entry.kind === 'defaults';
    for (const { name, start } of writtenNames(entry)) {
      if (isDefaults || source.lineAt(start) === line) this.#attempt(entry, name);
    }
  }

  #attempt(entry: Entry, name: string): void {
    if (entry.kind === 'defaults') this.#ofDefaults.add(name);
    const known = this.#ofEntries.get(entry) ?? new Set();
    this.#ofEntries.set(entry, known.add(name));
  }

  #entryAt({ source, finding }: Pick<RawFinding, 'source' | 'finding'>): Entry | undefined {
    const file = this.#files.get(source);
    return file === undefined ? undefined : locate(file, finding.at).entry;
  }
}

/** Something is lost by it; advice about what works explains nothing. */
function isFault({ rule, finding }: RawFinding): boolean {
  const severity = finding.severity ?? rule.meta.severity;
  return (
    finding.lacks === undefined && severity !== 'info' && /^(?:syntax|correctness)\//.test(rule.meta.name)
  );
}

/** The attributes that the lines of an entry begin with, also those that could not be read. */
function writtenNames(entry: Entry): { readonly name: string; readonly start: number }[] {
  if (entry.syntax !== 'block') return [];
  const attributes = entry.attributes.map(({ key, start }) => ({ name: key, start }));
  const strays = entry.body.flatMap((node) =>
    node.type === 'Unknown' && node.words[0] !== undefined
      ? [{ name: node.words[0].text.replace(/[+-]?=.*$/, ''), start: node.words[0].start }]
      : [],
  );
  return [...attributes, ...strays].map(({ name, start }) => ({
    name: findAttribute(name)?.name ?? name,
    start,
  }));
}
