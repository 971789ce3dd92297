import type { Service } from '../model/service.ts';
import { type Rejection, rejection } from './rejection.ts';

/**
 * A limit of 0 lets nobody in, but to FreeBSD and to systemd it is no limit at all: such a service cannot be carried over;
 * null for all others. xinetd does not ask the limits of TCPMUX clients.
 */
export function refusedForAll({ instances, perSource, types }: Service): Rejection | null {
  if (types.includes('TCPMUX') || types.includes('TCPMUXPLUS')) return null;
  if (instances === 0) return rejection('instances-zero', 'instances = 0 refuses every client');
  return perSource === 0 ? rejection('per-source-zero', 'per_source = 0 refuses every client') : null;
}
