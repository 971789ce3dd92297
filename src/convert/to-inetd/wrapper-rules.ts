import type { Service } from '../../model/service.ts';
import { baseName } from '../../text/base-name.ts';
import { type Rejection, rejection } from '../rejection.ts';
import { type HostsAccess, hostsAccessOf } from './hosts-access.ts';

interface RulesOfDaemon {
  readonly service: Service;
  readonly rules: HostsAccess;
}

/**
 * What hosts.allow and hosts.deny have to say when servers are started through tcpd. They know a server by the name of its
 * program alone: of two services with one program and different rules the second cannot be had.
 */
export class WrapperRules {
  readonly #daemons = new Map<string, RulesOfDaemon>();

  /** `services` go through tcpd, the more important ones first. */
  constructor(services: Iterable<Service>) {
    for (const service of services) {
      const daemon = daemonOf(service);
      if (!this.#daemons.has(daemon)) this.#daemons.set(daemon, { service, rules: hostsAccessOf(service) });
    }
  }

  /** Why a service that goes through tcpd would let other clients in than before; null where it would not. */
  clashOf(service: Service): Rejection | null {
    const first = this.#daemons.get(daemonOf(service));
    if (first === undefined || first.service === service) return null;
    if (textOf(first.rules) === textOf(hostsAccessOf(service))) return null;
    return rejection(
      'access-lost',
      `hosts.allow knows servers by name, and ${daemonOf(service)} has the other rules of service ${first.service.id} already`,
    );
  }

  /** The lines for one of the files. */
  linesFor(list: 'allow' | 'deny'): readonly string[] {
    return [...this.#daemons.values()].flatMap(({ rules }) => rules[list]);
  }
}

/** tcpd is given the path of the server. */
function daemonOf({ server, name }: Service): string {
  return baseName(server ?? name);
}

function textOf({ allow, deny }: HostsAccess): string {
  return [...allow, '', ...deny].join('\n');
}
