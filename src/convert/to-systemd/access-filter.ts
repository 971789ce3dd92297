import type { Setting } from '../../ast/unit-file.ts';
import type { AccessItem, Service } from '../../model/service.ts';
import type { PlaceReport } from '../diagnostic.ts';
import type { Rejection } from '../rejection.ts';
import { AddressSet, addressBits, type Network } from './address-set.ts';
import { addressOfBytes, networkText } from './address-text.ts';
import { since } from './releases.ts';

/** `::ffff:0:0/96`: what IPv4 clients look like on an IPv6 socket. */
const mapped = { first: 0xffff_0000_0000n, prefix: 96 };

/**
 * IPAddressAllow= and IPAddressDeny= for only_from and no_access. To xinetd an address in both lists is refused; to
 * systemd Allow wins. So what is allowed is only_from without no_access, as networks.
 */
export function accessSettings(service: Service, report: PlaceReport): readonly Setting[] {
  const { onlyFrom, noAccess } = service;
  const denied = numericSet(noAccess ?? [], service);
  if (onlyFrom === null && denied.isEmpty) return [];
  const allowed = onlyFrom === null ? null : numericSet(onlyFrom, service).without(denied);
  for (const { pattern } of onlyFrom ?? []) {
    if (networkOf(pattern) === null) {
      report.warning(
        'only-from-name',
        `only_from ${pattern.text} is no numeric address; left out, those clients are refused`,
      );
    }
  }
  report.warning(
    'ip-filter',
    'the filter drops packets (clients see a timeout, nothing is logged) and does nothing where the kernel or container lacks cgroup BPF',
  );
  if (allowed === null) return listSettings('IPAddressDeny', denied);
  return [...listSettings('IPAddressAllow', allowed), ['IPAddressDeny', 'any']];
}

/** Why the lists cannot be carried over without letting in who was refused; null when they can. */
export function accessRefusal({ onlyFrom, noAccess }: Service, systemdVersion: number): Rejection | null {
  const name = (noAccess ?? []).find(({ pattern }) => networkOf(pattern) === null);
  if (name !== undefined) {
    return {
      code: 'no-access-name',
      text: `no_access ${name.pattern.text} is no numeric address; leaving it out would open the service, nothing is written`,
    };
  }
  const isRestricted = onlyFrom !== null || (noAccess ?? []).length > 0;
  if (!isRestricted || systemdVersion >= since.ipAddressLists) return null;
  return {
    code: 'too-old',
    text: `address lists need systemd ${since.ipAddressLists}; without them the service would be open, nothing is written`,
  };
}

function numericSet(items: readonly AccessItem[], service: Service): AddressSet {
  const networks = items.flatMap(({ pattern }) => networkOf(pattern) ?? []);
  const isDualStack = service.family === 'IPv6' && !service.v6only;
  return AddressSet.of(
    isDualStack ? networks.flatMap((network) => [network, ...mappedPart(network)]) : networks,
  );
}

function networkOf(pattern: AccessItem['pattern']): Network | null {
  if (pattern.kind === 'host' || pattern.kind === 'domain') return null;
  const { version, bytes } = pattern;
  const prefix = pattern.kind === 'address' ? addressBits(version) : pattern.prefix;
  return { version, address: addressOfBytes(bytes), prefix };
}

/** The IPv4 clients that an IPv6 entry covers: xinetd sees their mapped addresses, the filter of systemd does not. */
function mappedPart({ version, address, prefix }: Network): readonly Network[] {
  if (version === 4) return [];
  if (prefix >= mapped.prefix) {
    const isMapped = address >> 32n === mapped.first >> 32n;
    return isMapped ? [{ version: 4, address: address & 0xffff_ffffn, prefix: prefix - mapped.prefix }] : [];
  }
  const hostBits = BigInt(addressBits(6) - prefix);
  return address >> hostBits === mapped.first >> hostBits ? [{ version: 4, address: 0n, prefix: 0 }] : [];
}

/** systemd takes no line of more than a megabyte; several lines make one list. */
const networksOfLine = 1000;

function listSettings(key: string, set: AddressSet): readonly Setting[] {
  const texts = set.networks().map(networkText);
  const count = Math.ceil(texts.length / networksOfLine);
  return Array.from({ length: count }, (_, at): Setting => {
    const part = texts.slice(at * networksOfLine, (at + 1) * networksOfLine);
    return [key, part.join(' ')];
  });
}
