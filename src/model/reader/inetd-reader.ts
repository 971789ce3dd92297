import type { Directive, File, LineEntry, PairsEntry } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Context, quietly } from '../context.ts';
import { closeByDefaults } from '../defaults.ts';
import { type Draft, idOf, newDraft } from '../draft.ts';
import { directoryErrorText, IncludeStack } from '../includes.ts';
import { placedMessage } from '../report.ts';
import type { ModelDiagnostic } from '../service.ts';
import type { ParseSource, ReadEntries } from './configuration-reader.ts';
import { IncludeReport } from './include-report.ts';
import { draftsOf, type InetdInherited, type InetdRules } from './inetd-draft.ts';
import { giveIds } from './inetd-ids.ts';
import { filesOfPattern } from './inetd-include.ts';
import { placeOf } from './place.ts';

/**
 * Reads an inetd.conf with the rules of inetd: no lists, limits by minute, groups of the user. `defaults` is the one of
 * an xinetd.conf that is read as well, else an empty one.
 */
export function readInetd(
  main: SourceText,
  parse: ParseSource,
  rules: InetdRules,
  context: Context,
  defaults: Draft = newDraft('defaults', null, 'block', { source: main, range: { start: 0, end: 0 } }),
): ReadEntries {
  const drafts: Draft[] = [];
  const stack = new IncludeStack(context.files);
  const readFile = (source: SourceText, above: InetdInherited): void => {
    const { file } = parse(source);
    reportProblems(file, source, context);
    let inherited = above;
    for (const node of file.children) {
      if (node.type === 'Directive') {
        inherited = inheritedAfter(node, source, inherited);
        if (node.kind !== 'glob-include') continue;
        const unread: ModelDiagnostic[] = [];
        const report = new IncludeReport(node, source, context, unread);
        for (const path of includedPaths(node, source, context, report)) {
          const included = report.open(path, stack);
          if (included !== undefined) stack.within(path, () => readFile(included, inherited));
        }
        // Definitions in the file would have replaced those above it, and concern nothing below.
        if (!context.quirks.has('unread-includes-skipped')) closeFor(unread, drafts);
      } else if (node.type === 'Entry' && node.syntax !== 'block') {
        drafts.push(...readEntry(node, source, inherited, rules, defaults, context));
      }
    }
  };
  stack.within(main.path, () => readFile(main, { bind: null, ipsecPolicy: null }));
  for (const draft of drafts) closeByDefaults(draft, defaults);
  dropReplaced(drafts, context);
  const isLost = (draft: Draft) => draft.switchedOff !== null || draft.faults.length > 0;
  const services = drafts.filter((draft) => !isLost(draft));
  giveIds(services);
  return { defaults, services, lost: drafts.filter(isLost), exitCode: null };
}

/** The files that a `.include` brings in; why it brings in none is said. */
function includedPaths(
  { values }: Directive,
  source: SourceText,
  { files }: Context,
  report: IncludeReport,
): readonly string[] {
  const written = values[0]?.text ?? '';
  const match = filesOfPattern(source.fileName(written), source.path, files);
  switch (match.kind) {
    case 'files':
      return match.paths;
    case 'nothing':
      report.say('WARNING', 'include-nothing', `no file matches ${written}`);
      return [];
    case 'folder-pattern':
      report.lose(
        'include-pattern',
        `${written}: only the last part of the path can hold wild cards`,
        written,
      );
      return [];
    case 'no-pattern':
      report.lose('include-pattern', `${written} is no pattern`, written);
      return [];
    case 'unread-folder': {
      const why = directoryErrorText(files, match.folder);
      report.lose('include-missing', `${written}: ${match.folder}: ${why}`, written);
      return [];
    }
  }
}

function closeFor(unread: readonly ModelDiagnostic[], drafts: readonly Draft[]): void {
  for (const diagnostic of unread) {
    for (const draft of drafts) draft.faults.push({ attribute: null, diagnostic });
  }
}

function readEntry(
  entry: LineEntry | PairsEntry,
  source: SourceText,
  inherited: InetdInherited,
  rules: InetdRules,
  defaults: Draft,
  context: Context,
): readonly Draft[] {
  const isOff = entry.disabled !== null;
  const own = isOff ? quietly(context) : context;
  const drafts = draftsOf(entry, source, inherited, rules, defaults, own);
  for (const problem of entry.problems) {
    const isFault = problem.severity === 'error';
    const severity = isFault ? 'ERROR' : problem.severity === 'warning' ? 'WARNING' : 'INFO';
    const diagnostic = placedMessage(severity, problem.code, problem.message, placeOf(source, problem));
    own.report(diagnostic);
    if (isFault) for (const draft of drafts) draft.faults.push({ attribute: null, diagnostic });
  }
  if (entry.disabled !== null) {
    const { location } = placeOf(source, entry.disabled);
    for (const draft of drafts) draft.switchedOff = { by: entry.disabled.marker.trim(), location };
  }
  return drafts;
}

function reportProblems({ problems }: File, source: SourceText, context: Context): void {
  for (const { code, message, severity, start, end } of problems) {
    const tag = severity === 'error' ? 'ERROR' : severity === 'warning' ? 'WARNING' : 'INFO';
    context.report(placedMessage(tag, code, message, placeOf(source, { start, end })));
  }
}

/** Addresses and policies hold for the lines below, up to the next directive of the kind. */
function inheritedAfter(
  { kind, values }: Directive,
  source: SourceText,
  before: InetdInherited,
): InetdInherited {
  switch (kind) {
    case 'default-bind': {
      const isReset = values.some((value) => value.text === '*');
      return { ...before, bind: isReset ? null : { words: values, source } };
    }
    case 'ipsec-policy':
      return { ...before, ipsecPolicy: values[0] ?? null };
    default:
      return before;
  }
}

/** Of definitions of the same socket the last one counts (dialects, section 7). */
function dropReplaced(drafts: readonly Draft[], context: Context): void {
  const later = new Map<string, Draft>();
  for (const draft of drafts.toReversed()) {
    if (draft.switchedOff !== null || draft.faults.length > 0) continue;
    const key = socketKey(draft);
    const winner = later.get(key);
    if (winner === undefined) {
      later.set(key, draft);
      continue;
    }
    const { source, range } = winner.location;
    const message = `${idOf(draft)} is defined again at ${source.path}:${source.lineAt(range.start)}, which counts`;
    const diagnostic = placedMessage(
      'WARNING',
      'replaced',
      message,
      placeOf(draft.location.source, draft.location.range),
    );
    context.report(diagnostic);
    draft.faults.push({ attribute: null, diagnostic });
  }
}

function socketKey({ name, values }: Draft): string {
  const { protocol, bind, family, unixPath, rpcVersion, port } = values;
  return JSON.stringify([
    unixPath ?? name,
    port,
    protocol?.name,
    bind?.text,
    family,
    values.v6only,
    rpcVersion,
  ]);
}
