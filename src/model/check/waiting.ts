import type { Context } from '../context.ts';
import { type Draft, idOf, nameOf } from '../draft.ts';
import { drop } from '../fill.ts';

/** What `wait` makes impossible. 2.3.15.3 takes both forms and then spins, or never serves anybody. */
export function checkWait(draft: Draft, context: Context): boolean {
  const { socketType, wait, types, onlyFrom, noAccess } = draft.values;
  const isExternal = !types.has('INTERNAL');
  const connects = socketType === null || socketType === 'stream' || socketType === 'seqpacket';
  if (!context.quirks.has('dgram-nowait') && !connects && wait === false && isExternal) {
    const message = `Service ${nameOf(draft)} has socket_type ${socketType}, but does not wait`;
    return drop(draft, context, 'dgram-nowait', message);
  }
  const hasList = onlyFrom !== null || noAccess !== null;
  if (
    !context.quirks.has('wait-stream-lists') &&
    socketType === 'stream' &&
    wait === true &&
    isExternal &&
    hasList
  ) {
    const message = `Service ${idOf(draft)} accepts its connections itself, so only_from and no_access cannot hold`;
    return drop(draft, context, 'wait-stream-lists', message);
  }
  return true;
}
