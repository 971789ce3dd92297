import { keptBindAddress } from '../model/listening.ts';
import type { DroppedEntry, Service } from '../model/service.ts';
import { quote } from './wording.ts';

/** What becomes of an entry when the daemon starts with the configuration as it is. */
export type Fate =
  | { readonly kind: 'runs'; readonly service: Service }
  | { readonly kind: 'dropped'; readonly entry: DroppedEntry }
  /** The daemon ends before it runs anything. */
  | { readonly kind: 'daemon-exits' }
  /** The daemon never sees it as an entry. */
  | { readonly kind: 'unread' }
  /** The model does not say what becomes of entries in this format. */
  | { readonly kind: 'unknown' };

/** `tcp port 23 of all addresses`: where a service that runs can be reached. */
export function describeListener(service: Service): string {
  if (service.types.includes('TCPMUX') || service.types.includes('TCPMUXPLUS')) {
    return 'is reached through tcpmux';
  }
  const where = addressText(service);
  if (service.types.includes('RPC')) {
    return `listens on a ${service.protocol} port that the portmapper gives out, of ${where}`;
  }
  // Where nobody knows the services file a port of 0 stands for the one that is there.
  if (service.port === 0 && service.origins.get('port') !== undefined)
    return `listens on a ${service.protocol} port that the system picks, of ${where}`;
  const port = service.port === null || service.port === 0 ? null : service.port;
  if (port === null)
    return `listens on ${service.protocol}, the port of ${quote(service.name)} in the services file, of ${where}`;
  return `listens on ${service.protocol} port ${port} of ${where}`;
}

/** The family flag wins over an address that does not fit it. */
function addressText(service: Service): string {
  const { bind, bindAddress, family, v6only } = service;
  const isKept = bindAddress === null || keptBindAddress(service) !== null;
  if (bind !== null && isKept) return `address ${bind}`;
  if (family === 'IPv4') return 'all IPv4 addresses';
  return v6only ? 'all IPv6 addresses' : 'all addresses';
}

/** Whom a service that runs lets in, where that is everyone. */
export function describeClients(service: Service): string | undefined {
  return service.onlyFrom === null && service.noAccess === null ? 'for everyone' : undefined;
}
