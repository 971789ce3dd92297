import type { Configuration, Service } from '../../src/model/service.ts';
import { type DumpHost, renderDumpLines } from './render-dump.ts';

/** The services as the recorder takes them out of a state dump. */
export function dumpedServices(
  { services }: Configuration,
  host: DumpHost,
): readonly Record<string, unknown>[] {
  return services.map((service) => ({
    name: service.name,
    state: isTcpmuxClient(service) ? 'Not started' : 'Active',
    id: service.id,
    port: service.port,
    protocol: service.protocol,
    socket_type: service.socketType,
    wait: service.wait ? 'yes' : 'no',
    flags: service.flags,
    type: service.types,
    config: renderDumpLines(service, host),
  }));
}

function isTcpmuxClient({ types }: Service): boolean {
  return types.includes('TCPMUX') || types.includes('TCPMUXPLUS');
}
