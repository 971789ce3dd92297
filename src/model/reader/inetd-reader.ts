import type { Directive, File, LineEntry, PairsEntry } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Context, quietly } from '../context.ts';
import { type Draft, idOf, newDraft } from '../draft.ts';
import { placedMessage } from '../report.ts';
import type { ParseSource, ReadEntries } from './configuration-reader.ts';
import { draftsOf, type InetdInherited, type InetdRules } from './inetd-draft.ts';
import { giveIds } from './inetd-ids.ts';
import { includedByPattern } from './inetd-include.ts';
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
  const readFile = (source: SourceText, above: InetdInherited, open: readonly string[]): void => {
    const { file } = parse(source);
    reportProblems(file, source, context);
    let inherited = above;
    for (const node of file.children) {
      if (node.type === 'Directive') {
        inherited = inheritedAfter(node, inherited);
        if (node.kind !== 'glob-include') continue;
        for (const included of includedByPattern(node, source, [...open, source.path], context)) {
          readFile(included, inherited, [...open, source.path]);
        }
      } else if (node.type === 'Entry' && node.syntax !== 'block') {
        drafts.push(...readEntry(node, source, inherited, rules, defaults, context));
      }
    }
  };
  readFile(main, { bind: null, ipsecPolicy: null }, []);
  dropReplaced(drafts, context);
  const isLost = (draft: Draft) => draft.isSwitchedOff || draft.faults.length > 0;
  const services = drafts.filter((draft) => !isLost(draft));
  giveIds(services);
  return { defaults, services, lost: drafts.filter(isLost), exitCode: null };
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
  for (const draft of drafts) draft.isSwitchedOff = isOff;
  return drafts;
}

function reportProblems({ problems }: File, source: SourceText, context: Context): void {
  for (const { code, message, severity, start, end } of problems) {
    const tag = severity === 'error' ? 'ERROR' : severity === 'warning' ? 'WARNING' : 'INFO';
    context.report(placedMessage(tag, code, message, placeOf(source, { start, end })));
  }
}

/** Addresses and policies hold for the lines below, up to the next directive of the kind. */
function inheritedAfter({ kind, values }: Directive, before: InetdInherited): InetdInherited {
  switch (kind) {
    case 'default-bind': {
      const isReset = values.some((value) => value.text === '*');
      return { ...before, bind: isReset ? null : values };
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
    if (draft.isSwitchedOff || draft.faults.length > 0) continue;
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
