import type { Attribute, BlockEntry } from '../ast/nodes.ts';
import { type AssignOutcome, assign } from '../model/attributes/assign.ts';
import { checkEntry } from '../model/check/check.ts';
import { PortIndex } from '../model/check/duplicates.ts';
import type { Context } from '../model/context.ts';
import { DaemonCrash } from '../model/crash.ts';
import { type Draft, newDraft } from '../model/draft.ts';
import { fill } from '../model/fill.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import { NameSet, NameTable } from '../model/name-table.ts';
import { quirksOf } from '../model/profiles.ts';
import type { ModelDiagnostic } from '../model/service.ts';
import type { SourceText } from '../text/source-text.ts';

/** What the daemon makes of one attribute line. */
export interface LineVerdict {
  readonly attribute: Attribute;
  readonly outcome: AssignOutcome;
  /** What it logs about the line, each at its exact place. */
  readonly messages: readonly ModelDiagnostic[];
}

/**
 * What the daemon makes of the lines of one entry by themselves: to the end, also behind `disable = yes` and behind
 * lines that it cannot read, because those are going to be repaired. Values are typed as far as they could be read.
 */
export interface Judgement {
  readonly lines: readonly LineVerdict[];
  /** What the entry says; inherited values are not in it. */
  readonly draft: Draft;
  /** Reasons to drop the entry as a whole, of a service only. */
  readonly faults: readonly ModelDiagnostic[];
}

export interface JudgementHost {
  readonly tables: HostTables;
  readonly files: ModelFiles;
  readonly environment: ReadonlySet<string>;
}

/** Reads the lines of an entry with the model's own readers, under the profile of the real daemon. */
export function judge(entry: BlockEntry, source: SourceText, host: JudgementHost): Judgement {
  const location = { source, range: { start: entry.start, end: entry.end } };
  const draft = newDraft(entry.kind, entry.name?.text ?? null, 'block', location);
  let messages: ModelDiagnostic[] = [];
  const context: Context = {
    quirks: quirksOf('xinetd-2.3.15.3'),
    report: (message) => messages.push(message),
    ...host,
  };
  const lines = entry.attributes.map((attribute): LineVerdict => {
    messages = [];
    const line = {
      name: attribute.name?.text ?? attribute.key,
      operator: attribute.operator?.operator ?? 'set',
      values: attribute.values,
      place: {
        file: source.path,
        line: source.lineAt(attribute.start),
        location: { source, range: { start: attribute.start, end: attribute.end } },
      },
    } as const;
    const outcome = assign(draft, line, context);
    return { attribute, outcome, messages };
  });
  return { lines, draft, faults: entry.kind === 'service' ? wholeEntryFaults(draft, context) : [] };
}

/** Runs the checks of a complete entry, without what `defaults` would add. They change the draft: it gets a copy. */
function wholeEntryFaults(draft: Draft, context: Context): readonly ModelDiagnostic[] {
  const faults: ModelDiagnostic[] = [];
  const quiet: Context = { ...context, report: (message) => faults.push(message) };
  const copy: Draft = {
    ...draft,
    given: new NameSet(draft.given.names),
    values: { ...draft.values, types: new Set(draft.values.types), flags: new Set(draft.values.flags) },
    origins: new NameTable(draft.origins),
    faults: [],
  };
  try {
    if (fill(copy, newDraft('defaults', null, 'block', draft.location), quiet)) {
      checkEntry(copy, new PortIndex(quiet.quirks), quiet);
    }
  } catch (error) {
    if (!(error instanceof DaemonCrash)) throw error;
  }
  return faults;
}
