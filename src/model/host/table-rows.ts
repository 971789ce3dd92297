import { parseDottedQuad } from '../addresses/ipv4.ts';
import { parseIpv6 } from '../addresses/ipv6.ts';
import { accountLines, tableLines } from './table-lines.ts';
import { leadingNumber, networkNumber, wholeNumber } from './table-numbers.ts';

/*
 * The rows of the databases below /etc, in their order. A line that the C library passes over is no row, so that nothing
 * means a user, a port or an address here that means none to a daemon.
 */

export interface ServiceRow {
  readonly names: readonly string[];
  readonly port: number;
  readonly protocol: string;
}

/** Ports are cut to 16 bits: `65557/tcp` is port 21. */
export function serviceRows(text: string): readonly ServiceRow[] {
  return tableLines(text).flatMap(([name, portAndProtocol, ...aliases]) => {
    const port = leadingNumber(portAndProtocol ?? '', 'any');
    const protocol = /^\/+(.+)$/s.exec(port?.rest ?? '')?.[1];
    if (name === undefined || port === undefined || protocol === undefined) return [];
    return [{ names: [name, ...aliases], port: port.value & 0xffff, protocol }];
  });
}

export interface NumberRow {
  readonly names: readonly string[];
  readonly number: number;
}

/** Protocols or RPC programs. Numbers are signed: 4294967295 is -1. */
export function numberRows(text: string): readonly NumberRow[] {
  return tableLines(text).flatMap(([name, word, ...aliases]) => {
    const number = wholeNumber(word);
    return name === undefined || number === undefined
      ? []
      : [{ names: [name, ...aliases], number: number | 0 }];
  });
}

/** Networks, each as a 32-bit number. */
export function networkRows(text: string): readonly NumberRow[] {
  return tableLines(text).flatMap(([name, number = '', ...aliases]) =>
    name === undefined ? [] : [{ names: [name, ...aliases], number: networkNumber(number) }],
  );
}

export interface HostRow {
  readonly names: readonly string[];
  readonly address: string;
}

/** Addresses are written out: none of the short, octal and hexadecimal forms that are taken elsewhere. */
export function hostRows(text: string): readonly HostRow[] {
  return tableLines(text).flatMap(([address = '', ...names]) =>
    parseDottedQuad(address) === undefined && parseIpv6(address) === undefined ? [] : [{ names, address }],
  );
}

export interface UserRow {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export function userRows(text: string): readonly UserRow[] {
  return accountLines(text).flatMap((line) => {
    const [name = '', , uidText, gidText] = line.split(':');
    const [uid, gid] = [wholeNumber(uidText), wholeNumber(gidText)];
    return isOfNis(name) || uid === undefined || gid === undefined ? [] : [{ name, uid, gid }];
  });
}

export interface GroupRow {
  readonly name: string;
  readonly gid: number;
}

export function groupRows(text: string): readonly GroupRow[] {
  return accountLines(text).flatMap((line) => {
    const [name = '', , gidText] = line.split(':');
    const gid = wholeNumber(gidText);
    return isOfNis(name) || gid === undefined ? [] : [{ name, gid }];
  });
}

/** `+name` and `-name` say what to take from NIS; nobody has such a name. */
function isOfNis(name: string): boolean {
  return /^[+-]/.test(name);
}
