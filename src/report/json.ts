import type { Diagnostic, Fix, RelatedLocation } from '../diagnostics/diagnostic.ts';
import { spanOf } from './position.ts';
import type { Reporter } from './report.ts';
import { summarize } from './summary.ts';

/** One document; schema/lint-report.schema.json describes it. */
export const json: Reporter = (report) => {
  const pages = new Map(report.rules.map(({ name, page }) => [name, page]));
  const document = {
    version: 1,
    files: report.files.map(({ source, diagnostics }) => ({
      path: source.path,
      diagnostics: diagnostics.map((each) => describe(each, pages.get(each.code))),
    })),
    summary: summarize(report),
    ...(report.notes.length === 0 ? {} : { notes: report.notes }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

function describe(diagnostic: Diagnostic, page: string | undefined) {
  const { code, severity, message, effect, location, related = [], fix } = diagnostic;
  return {
    rule: code,
    severity,
    message,
    ...(page === undefined ? {} : { documentation: page }),
    ...(effect === undefined ? {} : { effect }),
    range: spanOf(location),
    related: related.map(describeRelated),
    ...(fix === undefined ? {} : { fix: describeFix(diagnostic, fix) }),
  };
}

function describeRelated(related: RelatedLocation) {
  return { path: related.source.path, range: spanOf(related), message: related.message };
}

function describeFix({ location: { source } }: Diagnostic, { description, safety, edits }: Fix) {
  return {
    description,
    safety,
    edits: edits.map((edit) => ({ range: spanOf({ source, range: edit }), text: edit.text })),
  };
}
