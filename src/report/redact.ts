import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../text/source-text.ts';
import { diagnosticsOf, type Report } from './report.ts';

const mask = '*';

/**
 * Takes secrets out of a report, wherever they would show: in frames, messages and the texts of fixes. Sources keep
 * their length, so that every range stays where it is.
 */
export function redact(report: Report): Report {
  const hide = hideSecrets(diagnosticsOf(report));
  if (hide === undefined) return report;
  const sources = new Map<SourceText, SourceText>();
  const masked = (source: SourceText): SourceText => {
    let found = sources.get(source);
    if (found === undefined) {
      found = source.with({ text: hide(source.text) });
      sources.set(source, found);
    }
    return found;
  };
  const place = <L extends Location>(location: L): L => ({ ...location, source: masked(location.source) });
  const redacted = (each: Diagnostic): Diagnostic => ({
    ...each,
    message: hide(each.message),
    location: place(each.location),
    ...(each.effect === undefined ? {} : { effect: hide(each.effect) }),
    ...(each.related === undefined
      ? {}
      : { related: each.related.map((other) => ({ ...place(other), message: hide(other.message) })) }),
    ...(each.fix === undefined
      ? {}
      : {
          fix: {
            ...each.fix,
            description: hide(each.fix.description),
            edits: each.fix.edits.map((edit) => ({ ...edit, text: hide(edit.text) })),
          },
        }),
  });
  return {
    ...report,
    notes: report.notes.map(hide),
    files: report.files.map(({ source, diagnostics }) => ({
      source: masked(source),
      diagnostics: diagnostics.map(redacted),
    })),
  };
}

/** Takes the secrets that were found out of any text; undefined where there are none. */
export function hideSecrets(diagnostics: readonly Diagnostic[]): ((text: string) => string) | undefined {
  const texts = diagnostics
    .filter(({ isSecret }) => isSecret === true)
    .map(({ location }) => location.source.slice(location.range))
    .filter((text) => text !== '')
    // A longer one may hold a shorter one.
    .sort((a, b) => b.length - a.length);
  if (texts.length === 0) return undefined;
  return (text) => texts.reduce((rest, secret) => rest.replaceAll(patternOf(secret), maskOf(secret)), text);
}

/** A short secret is a part of many words; it is hidden where it stands alone. */
function patternOf(secret: string): RegExp {
  const text = secret.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(secret.length < 4 ? `(?<![A-Za-z0-9])${text}(?![A-Za-z0-9])` : text, 'g');
}

function maskOf(text: string): string {
  return mask.repeat(text.length);
}
