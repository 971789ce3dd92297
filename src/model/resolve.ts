import type { Format } from '../ast/nodes.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import type { ProfileName } from '../catalog/profiles.ts';
import { detectFormat } from '../grammar/detect.ts';
import { detectDialect } from '../grammar/inetd/detect-dialect.ts';
import { parse as parseText } from '../grammar/parse.ts';
import { SourceText } from '../text/source-text.ts';
import { buildService } from './build.ts';
import { checkEntry } from './check/check.ts';
import { PortIndex } from './check/duplicates.ts';
import type { Context } from './context.ts';
import { crashMessages, DaemonCrash, EndlessStart } from './crash.ts';
import type { Draft, Fault } from './draft.ts';
import { droppedEntries } from './dropped.ts';
import { applyDisabled, applyEnabled } from './enable-lists.ts';
import { entryMessage, fill, isTcpmuxClient } from './fill.ts';
import type { HostTables, ModelFiles, ReadError } from './host-tables.ts';
import { readErrorTexts } from './includes.ts';
import { quirksOf } from './profiles.ts';
import type { QuirkSet } from './quirks.ts';
import type { ParseSource, ReadEntries } from './reader/configuration-reader.ts';
import { readAsDaemon } from './reader/daemon-reader.ts';
import { readDocumented } from './reader/documented-reader.ts';
import { readInetdCompat } from './reader/inetd-compat.ts';
import type { InetdRules } from './reader/inetd-draft.ts';
import { readInetd } from './reader/inetd-reader.ts';
import { plainMessage } from './report.ts';
import type { Configuration, DroppedEntry, ModelDiagnostic, Service } from './service.ts';
import { type StartConditions, Starter } from './start.ts';

export interface ResolveOptions {
  readonly profile: ProfileName;
  /** Quirks of one's own, in place of those of the profile. */
  readonly quirks?: QuirkSet;
  readonly tables: HostTables;
  readonly files: ModelFiles;
  /** Names of the environment variables that `passenv` can see; `any` where that of another system will count. */
  readonly environment?: Iterable<string> | 'any';
  /** As with -stayalive: a configuration without services is accepted. */
  readonly stayAlive?: boolean;
  /** Trees of files that the caller has parsed already; by default every file is parsed here. */
  readonly parse?: ParseSource;
  /** An inetd.conf to read after the main file, as `-inetd_compat` does. */
  readonly inetdCompat?: SourceText;
  /** What the main file is, for profiles that read both; without it the text decides. */
  readonly format?: Format | undefined;
  /** How inetd.conf is meant; without it as the union of all dialects. */
  readonly dialect?: DialectChoice;
  /** Also says which services would fail to start; without it all that pass the checks count as running. */
  readonly start?: StartConditions;
  /** Levels of includes at which descriptors run out; the default is what 64 of them allow. */
  readonly maxIncludeDepth?: number;
}

const defaultIncludeDepth = 57;

/** Resolves a configuration: what would run, what would not and why. */
export function resolve(main: SourceText | string, options: ResolveOptions): Configuration {
  const diagnostics: ModelDiagnostic[] = [];
  const context: Context = {
    quirks: options.quirks ?? quirksOf(options.profile),
    tables: options.tables,
    files: rememberExecutables(options.files),
    environment: options.environment === 'any' ? { has: () => true } : new Set(options.environment),
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
  const { services, dropped, exitCode, commonLog, isEndless } = resolveMain(main, options, context);
  const accepted = exitCode === null && isEndless !== true;
  return {
    profile: options.profile,
    accepted,
    exitCode,
    services: accepted ? services : [],
    commonLog,
    dropped,
    diagnostics,
  };
}

/** Many services share few programs: asks for each of them once. */
function rememberExecutables(files: ModelFiles): ModelFiles {
  const known = new Map<string, boolean>();
  const isExecutable = (path: string): boolean => {
    const found = known.get(path) ?? files.isExecutable(path);
    known.set(path, found);
    return found;
  };
  return { ...files, isExecutable };
}

interface Resolved extends Pick<Configuration, 'commonLog'> {
  readonly services: readonly Service[];
  readonly dropped: readonly DroppedEntry[];
  /** The status with which the daemon ends by itself; null when it runs. */
  readonly exitCode: number | null;
  /** It never comes to run services. */
  readonly isEndless?: true;
}

function resolveMain(main: SourceText | string, options: ResolveOptions, context: Context): Resolved {
  const source = typeof main === 'string' ? openMain(main, context) : main;
  if (source === undefined) {
    const message = `couldn't get configuration. Exiting...`;
    context.report(plainMessage('CRITICAL', 'no-configuration', message, null));
    return { services: [], dropped: [], commonLog: null, exitCode: 1 };
  }
  let entries: ReadEntries | undefined;
  try {
    entries = readMain(source, options, context);
    if (entries.exitCode === null) {
      entries = withInetd(source, entries, options, context);
      return complete(entries, options, context);
    }
    return endReading(entries, entries.exitCode, entries.defaults.faults, context);
  } catch (error) {
    if (error instanceof EndlessStart) {
      context.report(error.diagnostic);
      return { services: [], dropped: [], commonLog: null, exitCode: null, isEndless: true };
    }
    if (!(error instanceof DaemonCrash)) throw error;
    const messages = crashMessages(error.location);
    for (const message of messages) context.report(message);
    if (entries === undefined) return { services: [], dropped: [], commonLog: null, exitCode: 1 };
    const faults = messages.slice(-1).map((diagnostic) => ({ attribute: null, diagnostic }));
    return endReading(entries, 1, faults, context);
  }
}

/** The daemon is gone before it runs anything: what it has read is lost with it. */
function endReading(
  entries: ReadEntries,
  exitCode: number,
  faults: readonly Fault[],
  context: Context,
): Resolved {
  for (const draft of entries.services) draft.faults.push(...faults);
  const lost = [...entries.lost, ...entries.services];
  return {
    services: [],
    commonLog: null,
    dropped: droppedEntries(lost, entries.defaults, context),
    exitCode,
  };
}

/** Reasons of open(2) as the daemon prints them; what it would open and is not read here has one of ours. */
const openErrors: Readonly<Partial<Record<ReadError, string>>> = {
  missing: 'No such file or directory (errno = 2)',
  denied: 'Permission denied (errno = 13)',
  directory: 'Is a directory (errno = 21)',
  exhausted: 'Too many open files (errno = 24)',
};

function openMain(path: string, context: Context): SourceText | undefined {
  const content = context.files.read(path);
  if ('bytes' in content) return SourceText.fromBytes(path, content.bytes);
  const message = `open( ${path} ) failed: ${openErrors[content.error] ?? readErrorTexts[content.error]}`;
  context.report(plainMessage('ERROR', 'unreadable', message, null));
  return undefined;
}

function readMain(main: SourceText, options: ResolveOptions, context: Context): ReadEntries {
  const { quirks } = context;
  const parse: ParseSource = options.parse ?? ((source) => parseText(source, { format: 'xinetd' }));
  if (isInetd(main, options, context)) return readInetdText(main, options, context);
  const maxIncludeDepth = options.maxIncludeDepth ?? defaultIncludeDepth;
  return quirks.has('line-sections')
    ? readAsDaemon(main, { maxIncludeDepth }, context)
    : readDocumented(main, parse, context);
}

/** The entries with those of an inetd.conf that is to be read as well, unless it is the main file. */
function withInetd(
  main: SourceText,
  entries: ReadEntries,
  options: ResolveOptions,
  context: Context,
): ReadEntries {
  if (options.inetdCompat === undefined || options.inetdCompat.path === main.path) return entries;
  const inetd = context.quirks.has('inetd-by-position')
    ? readInetdCompat(options.inetdCompat, context)
    : readInetdText(options.inetdCompat, options, context, entries.defaults);
  return {
    ...entries,
    services: [...entries.services, ...inetd.services],
    lost: [...entries.lost, ...inetd.lost],
  };
}

/** Whether the main file itself is an inetd.conf, which the daemon never looks for there. */
function isInetd(main: SourceText, { format, parse }: ResolveOptions, { quirks }: Context): boolean {
  if (quirks.has('line-sections')) return false;
  const found = format ?? (parse === undefined ? detectFormat(main) : parse(main).file.format);
  return found === 'inetd';
}

function readInetdText(
  main: SourceText,
  { parse, dialect = 'auto' }: ResolveOptions,
  context: Context,
  defaults?: Draft,
): ReadEntries {
  const parseOne: ParseSource = parse ?? ((source) => parseText(source, { format: 'inetd', dialect }));
  const parsed = parseOne(main);
  // Where no dialect is named, the forms of the file tell it.
  const rules = inetdRules(dialect === 'auto' ? detectDialect(parsed).dialect : dialect);
  const parseEach: ParseSource = (source) => (source === main ? parsed : parseOne(source));
  return readInetd(main, parseEach, rules, context, defaults);
}

/** Debian's daemon is the one that most systems have: there `tcp` is both families, and `tcp6` IPv6 alone. */
function inetdRules(dialect: DialectChoice): InetdRules {
  return {
    // FreeBSD lets the owner alone write, OpenBSD and Debian everybody (inetd-dialects, section 5).
    socketMode: dialect === 'freebsd' ? 0o200 : 0o666,
    plainProtocol: dialect === 'auto' || dialect === 'debian-openbsd' ? 'both' : 'IPv4',
    sixProtocol: dialect === 'gnu' || dialect === 'solaris' || dialect === 'illumos' ? 'both' : 'IPv6',
  };
}

/** Lists, filling, checks and the start, in the daemon's order (reference 6). */
function complete(entries: ReadEntries, options: ResolveOptions, context: Context): Resolved {
  const { defaults } = entries;
  const enabled = applyEnabled(entries.services, defaults, context.quirks.has('shared-disable-bit'));
  for (const draft of enabled.removed) {
    entryMessage('DEBUG', 'removing', `removing ${draft.name ?? ''}`, draft, context);
  }
  const selected = applyDisabled(enabled.kept, defaults);
  const lost: Draft[] = [...entries.lost, ...enabled.removed, ...selected.removed];
  const ports = new PortIndex(context.quirks);
  const checked: Draft[] = [];
  for (const draft of selected.kept) {
    if (fill(draft, defaults, context) && checkEntry(draft, ports, context)) {
      ports.add(draft);
      checked.push(draft);
    } else lost.push(draft);
  }
  const starter =
    options.start !== undefined && context.quirks.has('sockets-while-loading')
      ? new Starter(options.start, context)
      : null;
  const started: Draft[] = [];
  for (const draft of checked) {
    (starter?.start(draft, defaults) === false ? lost : started).push(draft);
  }
  const { logType } = defaults.values;
  const commonLog = logType?.kind === 'file' ? logType : null;
  if (options.stayAlive || started.some((draft) => !isTcpmuxClient(draft))) {
    const services = started.map((draft) => buildService(draft, context));
    return { services, dropped: droppedEntries(lost, entries.defaults, context), commonLog, exitCode: null };
  }
  const diagnostic = plainMessage('CRITICAL', 'no-services', 'no services. Exiting...', null);
  context.report(diagnostic);
  for (const draft of started) draft.faults.push({ attribute: null, diagnostic });
  const dropped = droppedEntries([...lost, ...started], entries.defaults, context);
  return { services: [], dropped, commonLog, exitCode: 1 };
}
