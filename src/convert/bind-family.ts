import type { Service } from '../model/service.ts';
import { addressVersion } from './address-version.ts';
import type { PlaceReport } from './diagnostic.ts';

/** The daemon drops an address that does not suit the family; the text asks for it, and it lets fewer clients in. */
export function reportBindFamily(service: Service, report: PlaceReport): void {
  const { bind, bindAddress, family, isFamilyGiven } = service;
  if (bind === null || !isFamilyGiven) return;
  const version = addressVersion(bindAddress ?? bind);
  if (version === null || (version === 4) === (family === 'IPv4')) return;
  report.warning(
    'bind-family',
    `xinetd listens on all ${family} addresses here, the result on ${bind} alone`,
  );
}
