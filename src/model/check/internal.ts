import { findBuiltInService } from '../../catalog/keywords.ts';
import type { Context } from '../context.ts';
import { type Draft, idOf, nameOf } from '../draft.ts';
import { drop, entryMessage, follows } from '../fill.ts';

/** INTERCEPT makes no sense where the daemon accepts the connection itself; the flag is taken away. */
export function checkIntercept(draft: Draft, context: Context): boolean {
  const { flags, types, wait } = draft.values;
  if (!flags.has('INTERCEPT')) return true;
  const report = (code: string, message: string) => entryMessage('ERROR', code, message, draft, context);
  const isInternal = types.has('INTERNAL');
  if (isInternal) {
    report('intercept-internal', `Internal services cannot be intercepted: ${idOf(draft)} `);
  }
  if (wait !== true)
    report('intercept-nowait', `Multi-threaded services cannot be intercepted: ${idOf(draft)}`);
  if (isInternal || wait !== true) flags.delete('INTERCEPT');
  return true;
}

/** What takes the place of a trap's service. */
const sensor = { name: 'sensor', socketTypes: ['stream', 'dgram'] };

/** Built-in services are found by the name of the service, not by its id. A trap needs none. */
export function checkInternal(draft: Draft, context: Context): boolean {
  const { flags, types, socketType } = draft.values;
  const isSensor = flags.has('SENSOR');
  if (isSensor) {
    types.add('INTERNAL');
    follows(draft, 'type');
  }
  if (!types.has('INTERNAL')) return true;
  const found = isSensor ? sensor : findBuiltInService(draft.name ?? '');
  if (found?.socketTypes.some((each) => each === socketType)) return true;
  const message = `No such internal service: ${isSensor ? sensor.name : nameOf(draft)}/${socketType ?? 'Unknown socket type'} - DISABLING`;
  return drop(draft, context, 'unknown-internal', message);
}

/** SELinux labels come from the peer of a connection that the daemon has accepted. */
export function checkLabeled(draft: Draft, context: Context): boolean {
  const { flags, types, socketType, wait, redirect } = draft.values;
  if (!flags.has('LABELED')) return true;
  const refuse = (what: string) =>
    drop(draft, context, 'labeled-networking', `${what} cannot support labeled networking: ${idOf(draft)}`);
  if (types.has('INTERNAL')) return refuse('Internal services');
  if (socketType !== 'stream') return refuse('Non-stream socket types');
  if (wait === true) return refuse('Tcp wait services');
  if (redirect !== null) return refuse('Redirected services');
  return true;
}

/** What is left of INTERCEPT makes the daemon put a service of its own in the place of the server. */
export function checkInterceptable(draft: Draft, context: Context): boolean {
  const { flags, types, socketType } = draft.values;
  if (!flags.has('INTERCEPT') || !context.quirks.has('intercept-replaces-server')) return true;
  if (socketType === 'stream' || socketType === 'dgram') {
    types.add('INTERNAL');
    follows(draft, 'type');
    return true;
  }
  drop(draft, context, 'intercept-type', `special service intercept,${socketType ?? ''} not supported`);
  return drop(draft, context, 'intercept-type', `removing service ${idOf(draft)}`);
}
