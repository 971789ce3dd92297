import type { Attribute, BlockEntry, Entry } from '../ast/nodes.ts';
import type { Location } from '../diagnostics/diagnostic.ts';
import { parse } from '../grammar/parse.ts';
import type { AssignOutcome } from '../model/attributes/assign.ts';
import type { ParseSource } from '../model/reader/configuration-reader.ts';
import { resolve } from '../model/resolve.ts';
import type { Configuration, DroppedEntry, Service } from '../model/service.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import type { Fate } from './fate.ts';
import { type Host, isExecutable, isFolder, unknownHost } from './host.ts';
import { type Judgement, type JudgementHost, judge } from './judgement.ts';
import { meantValues } from './line.ts';
import { locate } from './locate.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { servicesInOrder } from './reading-order.ts';
import { type ServiceView, serviceView } from './service-view.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';
import { standingOf } from './standing.ts';
import { mainTextOf, type Replacement, treeFiles } from './tree-files.ts';
import { isVariableName } from './variable-names.ts';

/** Rules ask for one entry one after the other. All judgements of a large folder would take as much memory as its model. */
const mostJudgements = 16;

/** What the model says about a tree, worked out when it is first asked for: most files need none of it. */
export class Analysis {
  readonly host: Host;
  readonly #tree: SourceTree;
  #judgements = new Map<BlockEntry, Judgement>();
  readonly #outcomes = new Map<BlockEntry, readonly AssignOutcome[]>();
  /** Most entries have one and the same. */
  readonly #outcomeLists = new Map<string, readonly AssignOutcome[]>();
  readonly #views = new Map<Entry, ServiceView | undefined>();
  #defaultBinds: ReadonlyMap<Entry, string | null> | undefined;
  #judgementHost: JudgementHost | undefined;
  #passed: ReadonlySet<string> | undefined;
  #bySource: ReadonlyMap<SourceText, TreeFile> | undefined;
  #neighbourhood: Neighbourhood | undefined;
  #byName: ReadonlyMap<string, TreeFile> | undefined;
  #configuration: Configuration | undefined;
  #fates: ReadonlyMap<string, Fate> | undefined;

  constructor(tree: SourceTree, host?: Host) {
    this.#tree = tree;
    this.host = host ?? unknownHost(writtenPorts(tree));
  }

  /** The configuration as the daemon runs it. */
  get configuration(): Configuration {
    this.#configuration ??= this.#resolve(this.#tree);
    return this.#configuration;
  }

  /** What the lines of an entry mean by themselves. */
  judge(entry: BlockEntry, source: SourceText): Judgement {
    let judgement = this.#judgements.get(entry);
    if (judgement === undefined) {
      // Not cleared: the table of a Map that was cleared keeps what the next one holds from being collected soon.
      if (this.#judgements.size === mostJudgements) this.#judgements = new Map();
      this.#judgementHost ??= {
        tables: this.host.tables,
        files: treeFiles(this.#tree),
        environment: this.#environment,
      };
      judgement = judge(entry, source, this.#judgementHost);
      this.#judgements.set(entry, judgement);
      this.#remember(entry, judgement);
    }
    return judgement;
  }

  /** What becomes of the lines of an entry, in their order. Of all entries, for rules that go through a tree. */
  outcomes(entry: BlockEntry, source: SourceText): readonly AssignOutcome[] {
    return this.#outcomes.get(entry) ?? this.#remember(entry, this.judge(entry, source));
  }

  #remember(entry: BlockEntry, { lines }: Judgement): readonly AssignOutcome[] {
    const own = lines.map(({ outcome }) => outcome);
    const key = own.join();
    const outcomes = this.#outcomeLists.get(key) ?? own;
    this.#outcomeLists.set(key, outcomes);
    this.#outcomes.set(entry, outcomes);
    return outcomes;
  }

  /** What an entry says of its service; undefined for `defaults` and for what cannot be read. */
  view(entry: Entry, source: SourceText): ServiceView | undefined {
    if (!this.#views.has(entry)) this.#views.set(entry, serviceView(entry, source, this));
    return this.#views.get(entry);
  }

  /** The address that an entry of inetd.conf inherits from a line above; null where there is none. */
  defaultBindOf(entry: Entry): string | null {
    this.#defaultBinds ??= new Map(this.#tree.entries.map((placed) => [placed.entry, placed.defaultBind]));
    return this.#defaultBinds.get(entry) ?? null;
  }

  get #environment(): ReadonlySet<string> {
    this.#passed ??= passedVariables(this.#tree);
    return this.#passed;
  }

  /** Of inetd.conf only what xinetd makes of it is known, where it reads it. */
  fateOf(entry: Entry, source: SourceText): Fate {
    if (entry.syntax !== 'block' && source !== this.#tree.inetdConf?.source) return { kind: 'unknown' };
    const found = this.#fateAt(source, entry.start);
    if (found !== undefined) return found;
    const { accepted, exitCode } = this.configuration;
    // What people read as an entry may be none to the daemon, which has no continued lines here.
    if (entry.syntax !== 'block') return { kind: 'unknown' };
    // With status 1 it ends for want of services, and why there are none is known of each.
    return !accepted && exitCode === 0 ? { kind: 'daemon-exits' } : { kind: 'unread' };
  }

  /** What the model says becomes of the entry that begins at a place. */
  #fateAt(source: SourceText, start: number): Fate | undefined {
    this.#fates ??= collectFates(this.configuration);
    return this.#fates.get(placeKey(source, start));
  }

  /** The attribute line of an xinetd.conf at which a place of the model is. */
  lineAt({ source: { path }, range }: Location): PlacedAttribute | undefined {
    this.#byName ??= new Map(this.#tree.files.map((file) => [file.source.path, file]));
    const file = this.#byName.get(path);
    const { entry, attribute } = file === undefined ? {} : locate(file.file, range);
    if (file === undefined || entry?.syntax !== 'block' || attribute === undefined) return undefined;
    return { source: file.source, entry, attribute };
  }

  /** The file of a source; undefined for what is no file of the tree. */
  fileOf(source: SourceText): TreeFile | undefined {
    this.#bySource ??= new Map(this.#tree.files.map((file) => [file.source, file]));
    return this.#bySource.get(source);
  }

  /**
   * What edits of one file make of the configuration, as far as they can concern it; undefined for formats that the model
   * does not resolve.
   */
  change(source: SourceText, edits: readonly TextEdit[]): ConfigurationChange | undefined {
    const file = this.fileOf(source);
    if (file === undefined || (file.file.format !== 'xinetd' && file !== this.#tree.inetdConf))
      return undefined;
    const { text, path, encoding } = file.readable;
    this.#neighbourhood ??= new Neighbourhood(this.#tree, {
      tables: this.host.tables,
      standingAt: (at, start) => standingOf(this.#fateAt(at, start), this.configuration),
    });
    const cut = this.#neighbourhood.cut(file, edits);
    if (cut !== undefined) {
      const resolved = (part: string) =>
        this.#resolve(cut.tree, { source, changed: new SourceText(path, part, encoding) });
      return { before: resolved(cut.before), after: resolved(cut.after) };
    }
    const changed = new SourceText(path, applyEdits(text, edits), encoding);
    const part = this.#neighbourhood.of(file, changed);
    return {
      before: part === this.#tree ? this.configuration : this.#resolve(part),
      after: this.#resolve(part, { source, changed }),
    };
  }

  #resolve(tree: SourceTree, replacement?: Replacement): Configuration {
    const text = mainTextOf(tree);
    const [first] = tree.files;
    const named = first === undefined ? undefined : textOf(first, replacement);
    // The daemon of the model does not read inetd.conf as a main file.
    const isForeign = text === undefined && first?.file.format === 'inetd';
    const main = isForeign ? undefined : text === undefined ? named : new SourceText('', text);
    return resolve(main ?? new SourceText('', ''), {
      profile: 'xinetd-2.3.15.3',
      tables: this.host.tables,
      files: { ...treeFiles(tree, replacement), isExecutable: (path) => isExecutable(this.host, path) },
      environment: this.#environment,
      start: {
        isLocalAddress: () => true,
        hasPortmapper: true,
        canAppend: (name) => !isFolder(this.host, name),
      },
      parse: reuseTrees(tree),
      ...(tree.inetdConf === null ? {} : { inetdCompat: textOf(tree.inetdConf, replacement) }),
    });
  }
}

export interface PlacedAttribute {
  readonly source: SourceText;
  readonly entry: BlockEntry;
  readonly attribute: Attribute;
}

function textOf({ source, readable }: TreeFile, replacement: Replacement | undefined): SourceText {
  return source === replacement?.source ? replacement.changed : readable;
}

/** A configuration, or as much of it as matters, and what it becomes. */
export interface ConfigurationChange {
  readonly before: Configuration;
  readonly after: Configuration;
}

/** Hands the model the trees that are there already. It makes sources of its own, so they are found by their text. */
function reuseTrees(tree: SourceTree): ParseSource {
  const byText = new Map<string, TreeFile>();
  for (const file of tree.files) if (!byText.has(file.readable.text)) byText.set(file.readable.text, file);
  return (source) => {
    const known = byText.get(source.text);
    return known === undefined ? parse(source, { format: 'xinetd' }) : { source, file: known.file };
  };
}

function collectFates({ services, dropped }: Configuration): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  for (const entry of dropped) {
    const isLostWithDaemon = entry.reasons.at(-1)?.code === 'fatal-defaults';
    fates.set(keyOf(entry), isLostWithDaemon ? { kind: 'daemon-exits' } : { kind: 'dropped', entry });
  }
  for (const service of services) fates.set(keyOf(service), { kind: 'runs', service });
  return fates;
}

function keyOf({ location: { source, range } }: Service | DroppedEntry): string {
  return placeKey(source, range.start);
}

/** The same for a place of the model and for one of the tree. */
function placeKey({ path }: SourceText, start: number): string {
  return `${start} ${path}`;
}

/** Ports that entries give to names, for the names that no standard table has; 0 where they give none. */
function writtenPorts(tree: SourceTree): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const { entry } of servicesInOrder(tree)) {
    const port = entry.attributes.find(({ key }) => key === 'port')?.values[0]?.text ?? '';
    if (entry.name !== null) ports.set(entry.name.text, /^[0-9]{1,5}$/.test(port) ? Number(port) : 0);
  }
  return ports;
}

/** Every variable that `passenv` names: nobody knows the environment in which the daemon is going to be started. */
function passedVariables(tree: SourceTree): ReadonlySet<string> {
  return new Set(
    tree.entries.flatMap(({ entry }) =>
      entry.attributes
        .filter(({ key }) => key === 'passenv')
        .flatMap((attribute) => meantValues(attribute).map((value) => value.text))
        .filter(isVariableName),
    ),
  );
}
