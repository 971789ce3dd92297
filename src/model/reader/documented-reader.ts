import type { Attribute, BlockEntry } from '../../ast/nodes.ts';
import { findAttribute } from '../../catalog/catalogue.ts';
import { isOneSlip } from '../../text/one-slip.ts';
import type { SourceText } from '../../text/source-text.ts';
import { assign } from '../attributes/assign.ts';
import { type Context, quietly } from '../context.ts';
import { closeByDefaults, copyAtEntry } from '../defaults.ts';
import { type Draft, newDraft } from '../draft.ts';
import { placedMessage } from '../report.ts';
import type { ParseSource, ReadEntries } from './configuration-reader.ts';
import { readFiles } from './file-tree.ts';
import { placeOf } from './place.ts';
import { type StrayText, strayTexts } from './stray-text.ts';

/**
 * Reads configuration files as they are documented, failing closed: the tree says where an entry ends, every fault
 * costs the entry it is in, and `defaults` counts for all services wherever it stands.
 */
export function readDocumented(main: SourceText, parse: ParseSource, context: Context): ReadEntries {
  const { pieces: files, unread } = readFiles(main, parse, context);
  const entries: { readonly entry: BlockEntry; readonly source: SourceText }[] = [];
  for (const { file, source } of files) {
    for (const node of file.children) {
      if (node.type === 'Entry' && node.syntax === 'block') entries.push({ entry: node, source });
    }
  }
  const defaults = newDraft('defaults', null, 'block', { source: main, range: { start: 0, end: 0 } });
  const drafts = new Map<BlockEntry, Draft>();
  for (const { entry, source } of entries) {
    if (entry.kind !== 'defaults') continue;
    drafts.set(entry, defaults);
    readEntry(defaults, entry, source, context);
  }
  const services: Draft[] = [];
  for (const { entry, source } of entries) {
    if (entry.kind !== 'service') continue;
    const draft = readService(entry, source, defaults, context);
    drafts.set(entry, draft);
    services.push(draft);
  }
  for (const { file, source } of files) {
    for (const stray of strayTexts(file)) reportStray(stray, source, drafts, defaults, context);
  }
  if (!context.quirks.has('unread-includes-skipped')) {
    // It may have been `defaults`, or a list of what is disabled.
    defaults.faults.push(...unread.map((diagnostic) => ({ attribute: null, diagnostic })));
  }
  for (const draft of services) closeByDefaults(draft, defaults);
  const isLost = (draft: Draft) => draft.switchedOff !== null || draft.faults.length > 0;
  return {
    defaults,
    services: services.filter((draft) => !isLost(draft)),
    lost: services.filter(isLost),
    exitCode: null,
  };
}

function readService(entry: BlockEntry, source: SourceText, defaults: Draft, context: Context): Draft {
  const draft = newDraft('service', entry.name?.text ?? '', 'block', {
    source,
    range: { start: entry.start, end: entry.end },
  });
  copyAtEntry(draft, defaults);
  if (context.quirks.has('ignored-lines')) {
    // A switch may be one of the lines that are passed over, and what is wrong behind one is still to be said.
    readEntry(draft, entry, source, context);
    return draft;
  }
  // Nothing in an entry that is switched off needs to be right.
  const off = entry.attributes.find(isSwitchOff);
  readEntry(draft, entry, source, off === undefined ? context : quietly(context));
  draft.switchedOff =
    off === undefined ? null : { by: 'disable = yes', location: placeOf(source, off).location };
  return draft;
}

function isSwitchOff({ key, operator, values }: Attribute): boolean {
  return key === 'disable' && operator?.operator === 'set' && values[0]?.text.toLowerCase() === 'yes';
}

/** Faults of the text and attributes, in the order in which they stand. */
function readEntry(draft: Draft, entry: BlockEntry, source: SourceText, context: Context): void {
  const { problems, attributes } = entry;
  const parts =
    problems.length === 0 ? attributes : [...problems, ...attributes].sort((a, b) => a.start - b.start);
  for (const part of parts) {
    const place = placeOf(source, part);
    if ('code' in part) {
      const diagnostic = placedMessage('ERROR', part.code, part.message, place);
      context.report(diagnostic);
      draft.faults.push({ attribute: null, diagnostic });
    } else if (part.name !== null && part.operator !== null) {
      const { name, operator, values } = part;
      assign(draft, { name: name.text, operator: operator.operator, values, place }, context);
    }
  }
}

/**
 * Text outside of entries. A restriction in it was meant for somebody: for the entry it follows, or for all services
 * when it stands where `defaults` may have been meant, or an include, whose file is then not read.
 */
function reportStray(
  stray: StrayText,
  source: SourceText,
  drafts: ReadonlyMap<BlockEntry, Draft>,
  defaults: Draft,
  context: Context,
): void {
  const message = stray.problem?.message ?? 'text outside of entries';
  const code = stray.problem?.code ?? 'text-outside-section';
  const diagnostic = placedMessage('ERROR', code, message, placeOf(source, stray.node));
  context.report(diagnostic);
  const first = stray.node.words[0]?.text ?? '';
  if (isMisspeltInclude(first) && !context.quirks.has('unread-includes-skipped')) {
    defaults.faults.push({ attribute: null, diagnostic });
  }
  if (findAttribute(first)?.restricts !== true) return;
  const owner = stray.owner === 'all' ? defaults : stray.owner === null ? undefined : drafts.get(stray.owner);
  owner?.faults.push({ attribute: null, diagnostic });
}

function isMisspeltInclude(word: string): boolean {
  return ['include', 'includedir'].some((keyword) => isOneSlip(word.toLowerCase(), keyword));
}
