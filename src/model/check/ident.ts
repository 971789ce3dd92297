import type { Context } from '../context.ts';
import { type Draft, idOf } from '../draft.ts';
import { entryMessage } from '../fill.ts';

const identPort = 113;

/** Asking a client for its user would make the ident servers of two hosts call each other for ever. */
export function clearUserId(draft: Draft, context: Context): boolean {
  const { port, protocol, logOnSuccess, logOnFailure } = draft.values;
  if (port !== identPort || protocol?.name.toLowerCase() !== 'tcp') return true;
  for (const [attribute, options] of [
    ['log_on_success', logOnSuccess],
    ['log_on_failure', logOnFailure],
  ] as const) {
    if (options?.delete('USERID')) {
      const message = `${idOf(draft)} service: clearing USERID option from ${attribute}`;
      entryMessage('WARNING', 'ident-loop', message, draft, context);
    }
  }
  return true;
}
