import type { Context } from '../context.ts';
import { type Draft, nameOf } from '../draft.ts';
import { drop, follows } from '../fill.ts';

/** A service that is not UNLISTED must stand in the services (or rpc) file, with the port it has there. */
export function checkListed(draft: Draft, context: Context): boolean {
  const { values } = draft;
  if (values.types.has('UNLISTED') || values.unixPath !== null) return true;
  const name = nameOf(draft);
  if (values.types.has('RPC')) {
    const number = context.tables.rpcNumber(name);
    if (number === undefined) return drop(draft, context, 'unknown-rpc', `unknown RPC service: ${name}`);
    values.rpcNumber = number;
    draft.origins.set('rpc_number', [{ from: 'table', location: null, note: 'from the rpc file' }]);
    return true;
  }
  if (values.protocol === null) {
    const message = `A protocol or a socket_type must be specified for service: ${name}.`;
    return drop(draft, context, 'missing-protocol', message);
  }
  const listed = context.tables.servicePort(name, values.protocol.name);
  if (listed === undefined) {
    if (draft.given.has('port') && !context.quirks.has('unlisted-by-type')) {
      values.types.add('UNLISTED');
      follows(draft, 'type');
      return true;
    }
    const message = `service/protocol combination not in /etc/services: ${name}/${values.protocol.name}`;
    return drop(draft, context, 'unlisted-service', message);
  }
  if (draft.given.has('port') && values.port !== listed) {
    const message = `Service ${name} expects port ${listed}, not ${values.port ?? 0}`;
    return drop(draft, context, 'port-mismatch', message);
  }
  values.port = listed;
  return true;
}
