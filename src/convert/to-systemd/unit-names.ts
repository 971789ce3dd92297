import { UniqueNames } from '../unique-names.ts';

/** Longest name before the suffix: a unit name has 255 bytes, and `@` with an instance must fit in. */
const longestName = 180;

/**
 * A name that systemd takes: `port-8080` for a port number, a path without its first slash and with `-` for the others,
 * any other character that may not stand in a unit name as `_`. So is a colon: systemd allows it, but takes what stands
 * behind it for an alias where it is given a file (`systemd-analyze verify ./a:b.socket`).
 */
export function unitName(service: string): string {
  const name = /^\d+$/.test(service) ? `port-${service}` : service.replace(/^\//, '');
  const safe = (service.startsWith('/') ? name.replaceAll('/', '-') : name)
    .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
    .replace(/^\.+/, '')
    .slice(0, longestName);
  return safe === '' ? 'service' : safe;
}

/** Gives every pair of units a name of its own. */
export class UnitNames {
  readonly #names = new UniqueNames();
  readonly #prefix: string;

  constructor(prefix = '') {
    this.#prefix = prefix;
  }

  /** The name itself, with the protocol where it is taken, with a number where that is taken too. */
  claim(service: string, protocol: string): string {
    const name = this.#prefix + unitName(service);
    return this.#names.claim(this.#names.isTaken(name) ? `${name}-${unitName(protocol)}` : name);
  }
}

/** Units that distributions ship under these names; a file in /etc/systemd/system hides theirs. */
const vendorUnits: ReadonlySet<string> = new Set([
  'amanda',
  'check-mk-agent',
  'cups-lpd',
  'cvs',
  'finger',
  'git',
  'rexec',
  'rlogin',
  'rsh',
  'rsyncd',
  'saned',
  'ssh',
  'sshd',
  'telnet',
  'tftp',
  'uuidd',
]);

export function hidesVendorUnit(name: string): boolean {
  return vendorUnits.has(name);
}
