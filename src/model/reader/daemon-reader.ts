import { findAttribute } from '../../catalog/catalogue.ts';
import type { Location } from '../../diagnostics/diagnostic.ts';
import { SourceText } from '../../text/source-text.ts';
import { assign } from '../attributes/assign.ts';
import { type Context, quietly } from '../context.ts';
import { EndlessStart } from '../crash.ts';
import { copyAtEntry } from '../defaults.ts';
import { type Draft, newDraft } from '../draft.ts';
import type { HostTables } from '../host-tables.ts';
import { includedNames } from '../includes.ts';
import { type LogSeverity, type Place, placedMessage, plainMessage } from '../report.ts';
import type { ModelDiagnostic } from '../service.ts';
import type { ReadEntries } from './configuration-reader.ts';
import { LineCursor } from './line-cursor.ts';
import { isBraceLine, readAttributeSyntax, type TextLine, wordsIn } from './line-syntax.ts';

export interface DaemonReaderOptions {
  /** How deep files may include each other: a loop ends where no descriptor is left to open anything. */
  readonly maxIncludeDepth: number;
}

/**
 * How often files are read that were read before. One loop does it some 57 times; files that include each other twice would do
 * it 2^57 times, for which the daemon takes longer than the machine lasts.
 */
const maxRepeatedReads = 5000;

/** Thrown to leave all levels of includes when `defaults` has an error. */
class FatalDefaults extends Error {}

/**
 * Reads configuration files exactly as the daemon does, line by line (reference 2): what it cannot understand outside
 * of entries swallows everything up to the next line with only a closing brace.
 */
export function readAsDaemon(main: SourceText, options: DaemonReaderOptions, context: Context): ReadEntries {
  const reader = new DaemonReader(main, options, context);
  try {
    reader.readFile(main);
  } catch (error) {
    if (!(error instanceof FatalDefaults)) throw error;
    return { exitCode: 0, ...reader.entries() };
  }
  return { exitCode: null, ...reader.entries() };
}

class DaemonReader {
  readonly #options: DaemonReaderOptions;
  readonly #context: Context;
  readonly #defaults: Draft;
  readonly #services: Draft[] = [];
  readonly #lost: Draft[] = [];
  #depth = 0;
  readonly #read = new Set<string>();
  #repeatedReads = 0;
  /** The file that messages name; `#lines` counts their line. */
  #file: string;
  #lines: LineCursor;

  constructor(main: SourceText, options: DaemonReaderOptions, context: Context) {
    this.#options = options;
    this.#context = context;
    this.#file = main.path;
    this.#lines = new LineCursor(main);
    this.#defaults = newDraft('defaults', null, 'block', { source: main, range: { start: 0, end: 0 } });
  }

  entries(): Omit<ReadEntries, 'exitCode'> {
    return { defaults: this.#defaults, services: this.#services, lost: this.#lost };
  }

  /** Reads a file and comes back with the place of messages unchanged. */
  readFile(source: SourceText): void {
    const outer = { file: this.#file, lines: this.#lines };
    this.#readNext(source);
    this.#file = outer.file;
    this.#lines = outer.lines;
  }

  #readNext(source: SourceText): void {
    this.#file = source.path;
    this.#lines = new LineCursor(source);
    this.#depth += 1;
    this.#readSections();
    this.#depth -= 1;
  }

  #countRead(path: string, place: Place): void {
    if (this.#read.has(path)) this.#repeatedReads += 1;
    this.#read.add(path);
    if (this.#repeatedReads <= maxRepeatedReads) return;
    const message = 'files include each other more than once: the daemon would never come to an end';
    throw new EndlessStart(placedMessage('CRITICAL', 'endless-includes', message, place));
  }

  #readSections(): void {
    let hasDefaults = false;
    for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) {
      const [keyword, name] = wordsIn(line.indentation + line.text, 0);
      const section = keyword?.text.toLowerCase();
      switch (section) {
        case 'service':
        case 'include':
        case 'includedir':
          if (name === undefined) {
            this.#say('ERROR', 'missing-service-name', 'service name missing', line);
            this.#skip();
          } else if (section === 'service') this.#readService(name.text, line);
          else {
            const path = this.#lines.original.fileName(name.text);
            if (section === 'include') this.#include(path, line);
            else this.#includeDirectory(path, line);
          }
          break;
        case 'defaults':
          if (this.#readDefaults(line, hasDefaults)) hasDefaults = true;
          break;
        default:
          this.#say('ERROR', 'missing-service-keyword', 'missing service keyword', line);
          this.#skip();
      }
    }
  }

  /** The next line with text must hold the opening brace and nothing else. */
  #findOpenBrace(name: string): ModelDiagnostic | null {
    const line = this.#lines.next();
    if (line !== undefined && isBraceLine(line, '{')) return null;
    return this.#say('ERROR', 'missing-open-brace', `Service ${name}: missing '{'`, line ?? null);
  }

  /** Passes over everything up to a line with only a closing brace. */
  #skip(visit?: (line: TextLine) => void): void {
    for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) {
      if (isBraceLine(line, '}')) return;
      visit?.(line);
    }
    this.#say('WARNING', 'missing-close-brace', 'missing } in last service entry', null);
  }

  #readService(name: string, header: TextLine): void {
    const draft = newDraft('service', name, 'block', this.#locate(header));
    const problem = this.#findOpenBrace(name) ?? this.#readBody(draft);
    draft.location = this.#upTo(draft.location);
    if (problem === null) {
      this.#services.push(draft);
      return;
    }
    this.#lost.push(draft);
    if (problem === 'switched-off') this.#skip((line) => this.#readUnseen(draft, line));
    else {
      draft.faults.push({ attribute: null, diagnostic: problem });
      this.#skip();
    }
    draft.location = this.#upTo(draft.location);
  }

  /**
   * Lines up to the closing brace. Null when the entry is complete; otherwise why it is lost, and the rest of it is
   * still to be passed over.
   */
  #readBody(draft: Draft): ModelDiagnostic | 'switched-off' | null {
    if (draft.section === 'service') copyAtEntry(draft, this.#defaults);
    for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) {
      if (isBraceLine(line, '}')) return null;
      const syntax = this.#lines.attribute(line);
      if ('error' in syntax) return this.#say('ERROR', ...syntaxMessage(syntax.error, syntax.name), line);
      const { name, operator, values } = syntax;
      const outcome = assign(draft, { name, operator, values, place: this.#place(line) }, this.#readContext);
      if (draft.section === 'defaults') {
        if (outcome === 'failed') this.#exit(line);
      } else if (draft.isDisabled && findAttribute(syntax.name)?.name === 'disable') {
        // The daemon stops reading an entry that is switched off; faults found before count no more.
        if (draft.switchedOff !== null) return 'switched-off';
        return draft.faults.at(-1)?.diagnostic ?? 'switched-off';
      }
    }
    return this.#say('ERROR', 'incomplete-entry', 'incomplete entry', null);
  }

  /** A line that the daemon passes over because the entry is switched off: what it would say if it were not. */
  #readUnseen(draft: Draft, line: TextLine): void {
    const syntax = readAttributeSyntax(line);
    const context = quietly(this.#context);
    const place = this.#place(line);
    if (!('error' in syntax)) assign(draft, { ...syntax, place }, context);
    else {
      const diagnostic = placedMessage('ERROR', ...syntaxMessage(syntax.error, syntax.name), place);
      draft.faults.push({ attribute: null, diagnostic });
    }
  }

  /** Whether the block counts as this file's defaults: one that breaks off does not, so another may follow. */
  #readDefaults(header: TextLine, hasDefaults: boolean): boolean {
    if (this.#findOpenBrace('(null)') !== null) {
      this.#skip();
      return false;
    }
    if (hasDefaults) {
      const message = 'only 1 defaults entry is allowed. This entry will be ignored';
      this.#say('ERROR', 'second-defaults', message, header, this.#lines.count);
      this.#skip();
      return false;
    }
    // After a syntax error there is no skip: the rest of the block is read as if it stood outside.
    if (this.#readBody(this.#defaults) !== null) return false;
    // A name with several addresses waits for the services' family flags; until then the next block may name another.
    const { bind } = this.#defaults.values;
    if (bind !== null && bind.addresses.length > 1) this.#defaults.given.delete('bind');
    return true;
  }

  #exit(line: TextLine): never {
    const message = 'A fatal error was encountered while parsing the default section. xinetd will exit.';
    const diagnostic = plainMessage('ERROR', 'fatal-defaults', message, this.#locate(line));
    this.#context.report(diagnostic);
    this.#defaults.faults.push({ attribute: null, diagnostic });
    throw new FatalDefaults(message);
  }

  #include(path: string, line: TextLine): void {
    const source = this.#openFile(path);
    if (source === undefined) {
      const message = `Unable to open included configuration file: ${path}`;
      this.#say('ERROR', 'include-missing', message, line);
      return;
    }
    this.#countRead(path, this.#place(line));
    this.#say('DEBUG', 'reading-include', `Reading included configuration file: ${path}`, line);
    this.readFile(source);
  }

  /** A directory can be opened and holds nothing, as far as the daemon is concerned. */
  #openFile(path: string): SourceText | undefined {
    if (this.#hasNoDescriptors) return undefined;
    const content = this.#context.files.read(path);
    if ('bytes' in content) return SourceText.fromBytes(content.name ?? path, content.bytes);
    return content.error === 'directory' ? new SourceText(path, '') : undefined;
  }

  /**
   * The files of a directory. Messages name the file that was read before, under the name of the one that is coming:
   * the daemon keeps a pointer to the buffer in which it makes the names.
   */
  #includeDirectory(path: string, line: TextLine): void {
    const names = this.#hasNoDescriptors ? undefined : includedNames(this.#context.files, path);
    if (names === undefined) {
      this.#say('ERROR', 'includedir-missing', `Unable to read included directory: ${path}`, line);
      return;
    }
    const outer = { file: this.#file, lines: this.#lines };
    const location = this.#locate(line);
    let hasRead = false;
    let hasErrno = false;
    const say = (severity: LogSeverity, code: string, message: string) =>
      this.#context.report(placedMessage(severity, code, message, this.#placeAt(location)));
    for (const name of names) {
      const file = `${path}/${name}`;
      if (hasRead) this.#file = file;
      const kind = this.#context.files.kind(file);
      if (kind === 'missing') {
        hasErrno = true;
        say('ERROR', 'includedir-stat', `Unable to stat includedir file ${file}`);
      } else if (kind !== 'file') {
        const message = `${file} is not a regular file. It is being skipped.`;
        this.#context.report(plainMessage('ERROR', 'includedir-not-regular', message, location));
      } else {
        const source = this.#openFile(file);
        if (source === undefined) {
          hasErrno = true;
          say('ERROR', 'include-missing', `Unable to open included configuration file: ${file}`);
        } else {
          this.#countRead(file, this.#placeAt(location));
          say('DEBUG', 'reading-include', `Reading included configuration file: ${file}`);
          this.#readNext(source);
          hasRead = true;
        }
      }
    }
    if (hasErrno) say('ERROR', 'includedir-errno', `Error reading included directory: ${path}`);
    this.#file = outer.file;
    this.#lines = outer.lines;
  }

  get #hasNoDescriptors(): boolean {
    return this.#depth > this.#options.maxIncludeDepth;
  }

  /** Look-ups need a descriptor too. */
  get #readContext(): Context {
    return this.#hasNoDescriptors ? { ...this.#context, tables: closedTables } : this.#context;
  }

  #say(
    severity: LogSeverity,
    code: string,
    message: string,
    line: TextLine | null,
    number = this.#lines.count,
  ): ModelDiagnostic {
    const diagnostic = placedMessage(severity, code, message, { ...this.#place(line), line: number });
    this.#context.report(diagnostic);
    return diagnostic;
  }

  #place(line: TextLine | null): Place {
    return this.#placeAt(line === null ? this.#endOfFile() : this.#locate(line));
  }

  #placeAt(location: Location): Place {
    return { file: this.#file, line: this.#lines.count, location };
  }

  #locate(line: TextLine): Location {
    const end = line.start + line.text.trimEnd().length;
    return { source: this.#lines.original, range: this.#lines.originalRange(line.start, end) };
  }

  #endOfFile(): Location {
    const { original } = this.#lines;
    return { source: original, range: { start: original.text.length, end: original.text.length } };
  }

  /** A location stretched to the line that was read last. */
  #upTo(location: Location): Location {
    const { original } = this.#lines;
    const end = this.#lines.lastEnd;
    return {
      source: original,
      range: { start: location.range.start, end: Math.max(end, location.range.end) },
    };
  }
}

/** What the databases say when none of them can be opened. */
const closedTables: HostTables = {
  servicePort: () => undefined,
  protocolNumber: () => undefined,
  rpcNumber: () => undefined,
  network: () => undefined,
  hostAddresses: () => [],
  user: () => undefined,
  userName: () => undefined,
  group: () => undefined,
  interfaceNumber: () => undefined,
  interfaceName: () => undefined,
};

const syntaxErrors = {
  'no-space': (name: string) => `Attribute ${name} needs a space before operator`,
  'bad-operator': (name: string) => `Bad operator for attribute: ${name}`,
  nothing: (name: string) => `Nothing after attribute: ${name}`,
  'bare-word': (name: string) => `Nothing after attribute: ${name}`,
};

function syntaxMessage(error: keyof typeof syntaxErrors, name: string): [code: string, message: string] {
  return [`syntax-${error}`, syntaxErrors[error](name)];
}
