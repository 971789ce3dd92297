import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineEntry, TopLevel } from '../../src/ast/nodes.ts';
import { EntryValues } from '../../src/grammar/inetd/entry-values.ts';
import { type InetdParseResult, parseInetd } from '../../src/grammar/inetd/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { answerOf, type InetdDaemon, type LoadedService, sentinels, withLoaded } from './inetd-daemon.ts';
import { exclusionOf, isContinued } from './inetd-exclusions.ts';
import { inetutilsServices, openbsdServices, type Prediction, predict } from './inetd-prediction.ts';

/** What came of comparing a real inetd with our reading. */
export interface InetdReport {
  lines: number;
  services: number;
  /** Servers whose arguments were compared. */
  servers: number;
  /** Entries that were not compared, by reason. */
  readonly excluded: Record<string, number>;
  readonly differences: { readonly text: string; readonly ours: unknown; readonly theirs: unknown }[];
}

const dialects = { openbsdInetd: 'debian-openbsd', inetutilsInetd: 'gnu' } as const;

/** Loads texts into a daemon and notes where our reading of them is another. Needs a private network. */
export class InetdComparison {
  readonly report: InetdReport = { lines: 0, services: 0, servers: 0, excluded: {}, differences: [] };
  readonly #daemon: InetdDaemon;
  readonly #servicesOf: typeof openbsdServices;
  readonly #folder: string;

  constructor(daemon: InetdDaemon, folder: string) {
    this.#daemon = daemon;
    this.#servicesOf = daemon === 'openbsdInetd' ? openbsdServices : inetutilsServices;
    this.#folder = folder;
  }

  async compare(lines: readonly string[]): Promise<void> {
    const { source, file } = this.#comparable(lines.join('\n'));
    const path = join(this.#folder, 'inetd.conf');
    writeFileSync(path, source.encode());
    const predictions = predict(file.children, this.#servicesOf);
    this.report.lines += lines.length;
    await withLoaded(this.#daemon, path, async (loaded) => {
      this.#compareServices(source, predictions, loaded);
      await this.#compareArguments(source, predictions);
    });
  }

  /** The text without the lines that are not compared: what they leave may read otherwise, so it is looked at again. */
  #comparable(lines: string): InetdParseResult {
    const dialect = dialects[this.#daemon];
    let text = lines + sentinels[this.#daemon];
    for (;;) {
      const parsed = parseInetd(new SourceText('inetd.conf', text, 'latin1'), { dialect });
      const excluded = this.#firstExcluded(parsed);
      if (excluded === undefined) return parsed;
      const start = text.lastIndexOf('\n', excluded.start) + 1;
      text = `${text.slice(0, start)}#excluded${text.slice(text.indexOf('\n', excluded.end))}`;
    }
  }

  #firstExcluded({ source, file }: InetdParseResult): TopLevel | undefined {
    const seen = new Set<string>();
    return file.children.find((node) => {
      const reason = exclusionOf(node, source, this.#daemon) ?? this.#exclusionAmong(node, source, seen);
      if (reason !== null) this.report.excluded[reason] = (this.report.excluded[reason] ?? 0) + 1;
      return reason !== null;
    });
  }

  /** What only the entries before a line, or our own reading of it, can say. */
  #exclusionAmong(node: TopLevel, source: SourceText, seen: Set<string>): string | null {
    if (node.type !== 'Entry' || node.syntax !== 'line') return null;
    const [prediction] = predict([node], this.#servicesOf);
    const services = prediction?.services ?? [];
    const names = services.map(({ name, protocol }) => `${portOf(name)} ${protocol}`);
    if (names.some((name) => seen.has(name))) return 'a repeated entry changes the first one, in parts';
    for (const name of names) seen.add(name);
    if (this.#daemon === 'openbsdInetd') {
      return services.length === 0 && isContinued(node, source)
        ? 'openbsd: what continues an entry that it gives up is an entry of its own'
        : null;
    }
    const values = new EntryValues(node);
    const hasAddress = node.fields[0]?.text.includes(':') ?? false;
    const isTcpmux = values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');
    return hasAddress && (services.length === 0 || isTcpmux)
      ? 'GNU: the address of a dropped entry holds for the next'
      : null;
  }

  #compareServices(
    source: SourceText,
    predictions: readonly Prediction[],
    loaded: readonly LoadedService[],
  ): void {
    const theirs = loaded.map((service) => JSON.stringify(sorted(service)));
    this.report.services += theirs.length;
    for (const { entry, services } of predictions) {
      for (const service of services) {
        const ours = JSON.stringify(sorted(service));
        const at = theirs.indexOf(ours);
        if (at === -1) this.#differs(source.slice(entry), service, 'not loaded');
        else theirs.splice(at, 1);
      }
    }
    for (const service of theirs) this.#differs(source.text, 'not loaded', service);
  }

  /** Starts the servers that show their arguments; all at once, because GNU's inetd sleeps before each in debug mode. */
  async #compareArguments(source: SourceText, predictions: readonly Prediction[]): Promise<void> {
    const ports = predictions.flatMap(({ services }) => services.map(({ name }) => portOf(name)));
    const started = predictions.map(async ({ entry, services: [service, ...twins] }) => {
      const words = shownWords(entry);
      if (words === null || service === undefined || !isReachable(service)) return;
      const port = portOf(service.name);
      // Another entry at the port, for another address or socket type, may be the one that answers.
      if (ports.filter((other) => other === port).length > 1 + twins.length) return;
      const address = service.name.startsWith('127.0.0.2:') ? '127.0.0.2' : '127.0.0.1';
      const theirs = await answerOf(Number(port), address).catch(String);
      this.report.servers += 1;
      const ours = `${words.join('\0')}\0`;
      if (theirs !== ours) this.#differs(source.slice(entry), ours, theirs);
    });
    await Promise.all(started);
  }

  #differs(text: string, ours: unknown, theirs: unknown): void {
    this.report.differences.push({ text, ours, theirs });
  }
}

/** What a server prints that is called as `printf %s\\0 words`; null for others. */
function shownWords(entry: LineEntry): readonly string[] | null {
  const values = new EntryValues(entry);
  const [argv0, format, ...words] = values.texts('argv') ?? [];
  const isShown = argv0 !== undefined && format === '%s\\0' && values.text('socket_type') === 'stream';
  // An empty group is looked up, in vain, when the server starts.
  const isStarted = entry.problems.every(({ code }) => code !== 'empty-group');
  return isShown && isStarted ? words : null;
}

function portOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function sorted(service: LoadedService): Record<string, unknown> {
  return Object.fromEntries(Object.entries(service).sort());
}

/** Whether an IPv4 client reaches the service, and is served. */
function isReachable({ name, protocol, wait, max, server, account }: LoadedService): boolean {
  return (
    /^(?:(?:127\.0\.0\.[12]|localhost):)?[0-9]{4,5}$/.test(name) &&
    /^tcp4?$/.test(protocol) &&
    !wait &&
    (max === 0 || max > 2) &&
    server === '/usr/bin/printf' &&
    /^(?:root|nobody|daemon):(?:daemon|bin|sys)?$/.test(account)
  );
}
