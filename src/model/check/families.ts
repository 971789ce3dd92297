import type { Context } from '../context.ts';
import { type Draft, nameOf } from '../draft.ts';
import { drop, entryMessage, familyOf } from '../fill.ts';

/**
 * Both families at once mean IPv6. The daemon lets the family win over a bind address that does not fit and then
 * listens on all addresses of the family.
 */
export function checkFamilies(draft: Draft, context: Context): boolean {
  const { values } = draft;
  if (values.flags.has('IPv4') && values.flags.has('IPv6')) {
    const message = `Service ${nameOf(draft)} will use IPv6 or fallback to IPv4`;
    entryMessage('INFO', 'both-families', message, draft, context);
    values.flags.delete('IPv4');
  }
  const { bind, bindAddress, family } = values;
  if (bind === null || bindAddress === null || familyOf(bindAddress) === family) return true;
  if (context.quirks.has('family-beats-bind')) return true;
  const message = `Service ${nameOf(draft)} is bound to ${bind.text}, which is no ${family ?? ''} address`;
  return drop(draft, context, 'bind-family', message);
}
