import { conversionTables } from '../../src/convert/conversion-tables.ts';
import type { InetdDialect } from '../../src/convert/from-inetd/dialect-names.ts';
import { familyOf } from '../../src/convert/from-inetd/family.ts';
import type { InetdService } from '../../src/convert/from-inetd/inetd-service.ts';
import { readInetdText } from '../../src/convert/from-inetd/read-text.ts';
import { tablesOf } from '../../src/model/host/tables.ts';
import { SourceText } from '../../src/text/source-text.ts';

/** Tables without anything of this system; some users are known. */
export function tablesWith(users: readonly string[]) {
  const passwd = users.map((user) => `${user}:x:1000:1000::/:/\n`).join('');
  return conversionTables(tablesOf({ passwd }), { services: false, rpc: false });
}

/** A service with the line where it begins. */
export interface PlacedService {
  readonly service: InetdService;
  readonly line: number;
}

/** The services of an inetd.conf as its dialect means them. */
export function inetdServices(
  text: string,
  dialect: InetdDialect,
  users: readonly string[] = [],
): readonly PlacedService[] {
  const state = {
    dialect,
    names: tablesWith(users),
    report: () => {},
    defaultAddresses: [],
    hasSaidCrlf: false,
  };
  const items = [...readInetdText(new SourceText('inetd.conf', text), state)];
  return items.flatMap((item) =>
    item.type === 'Service' ? [{ service: item.service, line: item.place.line }] : [],
  );
}

/** What a client and a server see of a service; two lines that say it in different words are equal here. */
export function meaningOf(service: InetdService, dialect: InetdDialect): unknown {
  const addresses = service.addresses.length === 0 ? [null] : service.addresses;
  const base = service.server.slice(service.server.lastIndexOf('/') + 1);
  return {
    kind: service.kind,
    name: service.name,
    socketType: service.socketType,
    protocol: service.protocol,
    // A numeric address says by itself which family it is.
    listens: addresses.map((address) => address ?? clientsOf(service, dialect)),
    versions: service.rpcVersion,
    wait: service.wait,
    user: service.user,
    group: service.group,
    server: service.server,
    argv: service.isInternal ? [] : service.argv.length === 0 ? [base] : service.argv,
    isDisabled: service.isDisabled,
  };
}

/** Two sockets, one for each family, reach the same clients as one for both. */
function clientsOf(service: InetdService, dialect: InetdDialect): string {
  const family = familyOf(service, null, dialect);
  if ('code' in family) return family.code;
  if (family.flag === 'IPv4') return 'IPv4';
  return family.isV6Only ? 'IPv6' : 'both';
}
