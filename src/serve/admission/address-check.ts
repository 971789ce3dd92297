import { AddressRules } from '../../model/access/address-rules.ts';
import { clientAddress } from '../../model/access/client-address.ts';
import { quirksOf } from '../../model/profiles.ts';
import type { AccessItem, Service } from '../../model/service.ts';
import { locationOf } from '../origin-of.ts';
import { admitted, type Decision, refuse } from './decision.ts';

/** only_from and no_access of one service. */
export interface AddressCheck {
  /** `address` is numeric. */
  decide(address: string): Decision;
}

/** The indexed lists of a service as decisions about clients; null when it has none. */
export function checkOfAddresses(service: Service): AddressCheck | null {
  const rules = new AddressRules(service, quirksOf('serve'));
  if (rules.isOpen) return null;
  return {
    decide(address) {
      const client = clientAddress(address);
      if (client === undefined) {
        return refuse(
          'address',
          'it has no address that a list could hold',
          locationOf(service, 'only_from'),
        );
      }
      const { verdict, onlyFrom, noAccess } = rules.decide(client, null);
      if (verdict === 'allowed') return admitted;
      if (noAccess !== null)
        return refuse('address', describeItem('no_access', noAccess.item), noAccess.item.location);
      if (onlyFrom !== null)
        return refuse('address', describeItem('only_from', onlyFrom.item), onlyFrom.item.location);
      return refuse('address', 'only_from has no word for it', locationOf(service, 'only_from'));
    },
  };
}

function describeItem(list: string, { pattern }: AccessItem): string {
  return `${list} ${pattern.text}`;
}
