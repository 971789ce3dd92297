import type { BlockEntry, Entry } from '../ast/nodes.ts';
import { parse } from '../grammar/parse.ts';
import type { ParseSource } from '../model/reader/configuration-reader.ts';
import { resolve } from '../model/resolve.ts';
import type { Configuration, DroppedEntry, Service } from '../model/service.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import type { Fate } from './fate.ts';
import { type Host, unknownHost } from './host.ts';
import { type Judgement, type JudgementHost, judge } from './judgement.ts';
import { meantValues } from './line.ts';
import { entriesInOrder, servicesInOrder } from './reading-order.ts';
import { type ServiceView, serviceView } from './service-view.ts';
import type { SourceTree, TreeFile } from './source-tree.ts';
import { mainTextOf, placeKey, type Replacement, treeFiles } from './tree-files.ts';

/** What the model says about a tree, worked out when it is first asked for: most files need none of it. */
export class Analysis {
  readonly host: Host;
  readonly #tree: SourceTree;
  readonly #judgements = new Map<BlockEntry, Judgement>();
  readonly #views = new Map<Entry, ServiceView | undefined>();
  #judgementHost: JudgementHost | undefined;
  #configuration: Configuration | undefined;
  #fates: ReadonlyMap<string, Fate> | undefined;

  constructor(tree: SourceTree, host?: Host) {
    this.#tree = tree;
    this.host = host ?? unknownHost(writtenPorts(tree));
  }

  /** The configuration as the daemon runs it. */
  get configuration(): Configuration {
    this.#configuration ??= this.#resolve();
    return this.#configuration;
  }

  /** What the lines of an entry mean by themselves. */
  judge(entry: BlockEntry, source: SourceText): Judgement {
    let judgement = this.#judgements.get(entry);
    if (judgement === undefined) {
      this.#judgementHost ??= {
        tables: this.host.tables,
        files: treeFiles(this.#tree),
        environment: passedVariables(this.#tree),
      };
      judgement = judge(entry, source, this.#judgementHost);
      this.#judgements.set(entry, judgement);
    }
    return judgement;
  }

  /** What an entry says of its service; undefined for `defaults` and for what cannot be read. */
  view(entry: Entry, source: SourceText): ServiceView | undefined {
    if (!this.#views.has(entry)) this.#views.set(entry, serviceView(entry, source, this));
    return this.#views.get(entry);
  }

  fateOf(entry: Entry, source: SourceText): Fate {
    if (entry.syntax !== 'block') return { kind: 'unknown' };
    this.#fates ??= collectFates(this.configuration);
    const found = this.#fates.get(placeKey(source.path, entry.start));
    if (found !== undefined) return found;
    const { accepted, exitCode } = this.configuration;
    // With status 1 it ends for want of services, and why there are none is known of each.
    return !accepted && exitCode === 0 ? { kind: 'daemon-exits' } : { kind: 'unread' };
  }

  /** The configuration after edits of one file; undefined for formats that the model does not resolve. */
  configurationWith(source: SourceText, edits: readonly TextEdit[]): Configuration | undefined {
    const file = this.#tree.files.find((each) => each.source === source);
    if (file?.file.format !== 'xinetd') return undefined;
    const { text, path, encoding } = file.readable;
    return this.#resolve({ source, changed: new SourceText(path, applyEdits(text, edits), encoding) });
  }

  #resolve(replacement?: Replacement): Configuration {
    const tree = this.#tree;
    const text = mainTextOf(tree);
    const [first] = tree.files;
    const isReplaced = first !== undefined && first.source === replacement?.source;
    const named = isReplaced ? replacement.changed : first?.readable;
    const main = text === undefined ? named : new SourceText('', text);
    return resolve(main ?? new SourceText('', ''), {
      profile: 'xinetd-2.3.15.3',
      tables: this.host.tables,
      files: treeFiles(tree, replacement),
      environment: passedVariables(tree),
      start: { isLocalAddress: () => true, hasPortmapper: true, canAppend: () => true },
      parse: reuseTrees(tree),
    });
  }
}

/** Hands the model the trees that are there already. It makes sources of its own, so they are found by their text. */
function reuseTrees(tree: SourceTree): ParseSource {
  const byLength = new Map<number, TreeFile[]>();
  for (const file of tree.files) {
    const { length } = file.readable.text;
    byLength.set(length, [...(byLength.get(length) ?? []), file]);
  }
  return (source) => {
    const known = byLength.get(source.text.length)?.find((file) => file.readable.text === source.text);
    return known === undefined ? parse(source, { format: 'xinetd' }) : { source, file: known.file };
  };
}

function collectFates({ services, dropped }: Configuration): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  for (const entry of dropped) fates.set(keyOf(entry), { kind: 'dropped', entry });
  for (const service of services) fates.set(keyOf(service), { kind: 'runs', service });
  return fates;
}

function keyOf({ location: { source, range } }: Service | DroppedEntry): string {
  return placeKey(source.path, range.start);
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
    entriesInOrder(tree).flatMap(({ entry }) =>
      entry.attributes
        .filter(({ key }) => key === 'passenv')
        .flatMap((attribute) => meantValues(attribute).map((value) => value.text)),
    ),
  );
}
