import type { Context } from '../context.ts';
import { DaemonCrash } from '../crash.ts';
import { type Draft, nameOf } from '../draft.ts';
import { drop, follows, isTcpmuxClient } from '../fill.ts';

/** Services behind tcpmux: UNLISTED and tcp. The manual makes UNLISTED optional, the daemon wants it. */
export function checkTcpmux(draft: Draft, context: Context): boolean {
  if (!isTcpmuxClient(draft)) return true;
  const { types, protocol } = draft.values;
  if (!types.has('UNLISTED')) {
    if (context.quirks.has('tcpmux-needs-unlisted')) {
      const message = `Service: ${nameOf(draft)} (tcpmux) should have UNLISTED in type.`;
      return drop(draft, context, 'tcpmux-unlisted', message);
    }
    types.add('UNLISTED');
    follows(draft, 'type');
  }
  if (protocol === null && context.quirks.has('tcpmux-crash')) throw new DaemonCrash(draft.location);
  if (protocol?.name.toLowerCase() !== 'tcp') {
    const message = `Service: ${nameOf(draft)} (tcpmux) should have tcp in protocol.`;
    return drop(draft, context, 'tcpmux-protocol', message);
  }
  return true;
}
