import { wellKnownRpcPrograms } from '../catalog/well-known-rpc.ts';
import { wellKnownServices } from '../catalog/well-known-services.ts';
import type { HostTables, ModelFiles } from '../model/host-tables.ts';
import type { KnownNames } from './known-names.ts';

/** An address of the documentation networks: stands for "there is such a host". */
const someAddress = '192.0.2.1';
/** An account that nobody knows yet may well exist on the system that the result is for. */
const rootAccount = { uid: 0, gid: 0 };
const someAccount = { uid: 65533, gid: 65533 };
const protocolNumbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, sctp: 132 };

/**
 * The tables that a conversion asks. The result may be for another system, so that an account or host is taken for known,
 * and the services and programs that all systems have stand in where the tables of this one do not name them
 * (tables that the user has named have the last word).
 */
export function conversionTables(
  system: HostTables,
  named: { readonly services: boolean; readonly rpc: boolean },
): HostTables & KnownNames {
  const ports = named.services ? null : readPorts();
  const programs = named.rpc ? null : readPrograms();
  return {
    servicePort: (name, protocol) => system.servicePort(name, protocol) ?? ports?.get(protocol)?.get(name),
    rpcNumber: (name) => system.rpcNumber(name) ?? programs?.get(name),
    protocolNumber: (name) => system.protocolNumber(name) ?? protocolNumbers[name],
    network: () => undefined,
    hostAddresses: (name, family) => {
      const known = system.hostAddresses(name, family);
      return known.length > 0 || family === 6 ? known : [someAddress];
    },
    user: (name) => system.user(name) ?? (name === 'root' ? rootAccount : someAccount),
    userName: (uid) => system.userName(uid),
    group: (name) => system.group(name) ?? someAccount,
    interfaceNumber: (name) => system.interfaceNumber(name),
    interfaceName: (number) => system.interfaceName(number),
    isUser: (name) => system.user(name) !== undefined,
  };
}

/** Files as they are, except that every program is there: it need not be on this system. */
export function conversionFiles(files: ModelFiles): ModelFiles {
  return { ...files, isExecutable: () => true };
}

function readPorts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const ports = new Map<string, Map<string, number>>();
  for (const [name = '', port, protocols = '', ...aliases] of tableLines(wellKnownServices)) {
    for (const protocol of protocols.split(',')) {
      const names = ports.get(protocol) ?? new Map<string, number>();
      for (const each of [name, ...aliases]) names.set(each, Number(port));
      ports.set(protocol, names);
    }
  }
  return ports;
}

function readPrograms(): ReadonlyMap<string, number> {
  const programs = new Map<string, number>();
  for (const [name = '', number, ...aliases] of tableLines(wellKnownRpcPrograms)) {
    for (const each of [name, ...aliases]) programs.set(each, Number(number));
  }
  return programs;
}

function tableLines(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
}
