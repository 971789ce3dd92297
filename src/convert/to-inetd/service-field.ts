import type { Service } from '../../model/service.ts';
import { addressVersion } from '../address-version.ts';
import { type Rejection, rejection } from '../rejection.ts';
import type { DialectForms, Reach } from './dialect-forms.ts';

/** `address:service`, or why the dialect cannot say it. */
export function serviceField(service: Service, forms: DialectForms): string | Rejection {
  const name = serviceName(service, forms);
  if (typeof name !== 'string' || service.bind === null) return name;
  if (!forms.hasAddresses) {
    return rejection(
      'bind-lost',
      `no address in front of a service here; bind ${service.bind} would be lost`,
    );
  }
  const isV6 = addressVersion(service.bind) === 6;
  return `${isV6 && forms.bracketsV6 ? `[${service.bind}]` : service.bind}:${name}`;
}

function serviceName(service: Service, forms: DialectForms): string | Rejection {
  const { types, name, rpc, port } = service;
  if (types.includes('TCPMUX') || types.includes('TCPMUXPLUS')) {
    if (forms.tcpmux === 'none') return rejection('tcpmux', 'this inetd has no tcpmux services');
    return types.includes('TCPMUXPLUS') ? `tcpmux/+${name}` : `tcpmux/${name}`;
  }
  if (types.includes('RPC')) {
    if (!forms.hasRpc) return rejection('rpc', 'this inetd has no RPC services');
    if (types.includes('UNLISTED')) {
      return rejection(
        'rpc-number',
        `inetd looks program numbers up by name; ${rpc?.number ?? name} has none`,
      );
    }
    return `${name}/${rpc === null || rpc.low === rpc.high ? (rpc?.low ?? 1) : `${rpc.low}-${rpc.high}`}`;
  }
  if (!types.includes('UNLISTED')) return name;
  if (port === null) return rejection('port', `the port of ${name} is not known`);
  return forms.hasPortNumbers
    ? String(port)
    : rejection('port-number', `this inetd looks services up by name; port ${port} has none`);
}

/** The protocol words; several where the dialect has no socket for both families. */
export function protocolFields(service: Service, forms: DialectForms): readonly string[] {
  const { types, protocol } = service;
  if (types.includes('RPC')) return [`rpc/${protocol}${forms.rpcSuffixes[reachOf(service)]}`];
  // A TCPMUX service opens no socket of its own.
  if (types.includes('TCPMUX') || types.includes('TCPMUXPLUS')) return [protocol];
  if (protocol !== 'tcp' && protocol !== 'udp') return [protocol];
  return forms.suffixes[reachOf(service)].map((suffix) => protocol + suffix);
}

export function reachOf({ bind, family, isFamilyGiven, v6only }: Service): Reach {
  const version = bind === null ? null : addressVersion(bind);
  if (version !== null) return version === 4 ? 'IPv4' : 'IPv6';
  // A host name may have addresses of both families, whichever was found when the files were read.
  const isOpen = bind !== null && !isFamilyGiven;
  if (family === 'IPv4' && !isOpen) return 'IPv4';
  return v6only ? 'IPv6' : 'both';
}
