import { addedLines, hasOpen } from '../../added-lines.ts';
import type { ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

/** Switches a service of xinetd.conf off, on the line that counts. */
export function switchOff(view: ServiceView): { readonly fix?: ProposedFix } {
  const { entry, source } = view;
  if (entry.syntax !== 'block' || !hasOpen(entry)) return {};
  const value = attributeOf(view, 'disable')?.values[0];
  const edit =
    value === undefined
      ? addedLines(source, entry, ['disable = yes'])
      : { start: value.start, end: value.end, text: 'yes' };
  return { fix: { description: "Write 'disable = yes'", edits: [edit] } };
}
