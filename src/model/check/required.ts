import type { Context } from '../context.ts';
import { type Draft, idOf } from '../draft.ts';
import { drop, isTcpmuxClient } from '../fill.ts';
import { checkFamilies } from './families.ts';

/** The attributes an entry must have by now, given or derived; one message for each that is missing. */
export function checkRequired(draft: Draft, context: Context): boolean {
  // The daemon says first what it makes of two families, also about an entry that it drops here.
  const fits = checkFamilies(draft, context);
  const missing = requiredAttributes(draft).filter((name) => !draft.given.has(name));
  for (const name of missing) {
    drop(draft, context, 'missing-attribute', `Service ${idOf(draft)} missing attribute ${name} - DISABLING`);
  }
  return fits && missing.length === 0;
}

/** What an entry needs, in the order in which the daemon names it (reference 9.2.11). */
export function requiredAttributes(draft: Draft): readonly string[] {
  const { types, redirect } = draft.values;
  const isInternal = types.has('INTERNAL');
  const isUnlisted = types.has('UNLISTED') && !isInternal;
  const isRpc = types.has('RPC');
  const required = ['wait', 'socket_type'];
  if (isUnlisted || isRpc) required.push('protocol');
  if (!isInternal) required.push('user');
  if (!isInternal && (redirect === null || isRpc)) required.push('server');
  if (isRpc) required.push('rpc_version');
  if (isUnlisted && !isRpc && !isTcpmuxClient(draft)) required.push('port');
  if (isRpc && types.has('UNLISTED')) required.push('rpc_number');
  return required;
}
