import type { ProposedFix } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';

/** Switches a service of xinetd.conf off, on the line that counts. */
export function switchOff(view: ServiceView): { readonly fix?: ProposedFix } {
  const { entry } = view;
  if (entry.syntax !== 'block' || entry.open === null) return {};
  const value = attributeOf(view, 'disable')?.values[0];
  const at = entry.open.start + 1;
  const edit =
    value === undefined
      ? { start: at, end: at, text: '\n\tdisable = yes' }
      : { start: value.start, end: value.end, text: 'yes' };
  return { fix: { description: "Write 'disable = yes'", edits: [edit] } };
}
