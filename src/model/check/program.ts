import type { Context } from '../context.ts';
import { type Draft, nameOf } from '../draft.ts';
import { drop } from '../fill.ts';

/** A redirect copies between two connections, so it needs streams that the daemon accepts. */
export function checkRedirect(draft: Draft, context: Context): boolean {
  const { redirect, socketType, wait, flags } = draft.values;
  if (redirect === null) return true;
  const name = nameOf(draft);
  if (socketType !== 'stream') {
    const message = `Only tcp sockets are supported for redirected service ${name}`;
    return drop(draft, context, 'redirect-socket-type', message);
  }
  if (wait === true) return drop(draft, context, 'redirect-wait', `Redirected service ${name} must not wait`);
  if (flags.has('NAMEINARGS')) {
    const message = `Redirected service ${name} should not have NAMEINARGS flag set`;
    return drop(draft, context, 'redirect-nameinargs', message);
  }
  return true;
}

/** Traffic is counted by a redirect only. What `defaults` asks of all services must not take the others down. */
export function checkTraffic(draft: Draft, context: Context): boolean {
  const { redirect, logOnSuccess } = draft.values;
  if (redirect !== null || !logOnSuccess?.has('TRAFFIC')) return true;
  if (!context.quirks.has('traffic-inherited') && !draft.given.has('log_on_success')) {
    logOnSuccess.delete('TRAFFIC');
    return true;
  }
  const message = `Service ${nameOf(draft)} should not have TRAFFIC flag set since its not redirected`;
  return drop(draft, context, 'traffic-without-redirect', message);
}

export function checkNameInArgs(draft: Draft, context: Context): boolean {
  const { flags, types, serverArguments } = draft.values;
  if (!flags.has('NAMEINARGS')) return true;
  if (types.has('INTERNAL')) {
    const message = `Service ${nameOf(draft)} is INTERNAL and has NAMEINARGS flag set`;
    return drop(draft, context, 'internal-nameinargs', message);
  }
  if (serverArguments === null) {
    const message = `Service ${nameOf(draft)} has NAMEINARGS flag set and no server_args`;
    return drop(draft, context, 'missing-server-args', message);
  }
  return true;
}
