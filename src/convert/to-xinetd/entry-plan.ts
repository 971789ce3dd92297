import type { NewAttribute } from '../../ast/new-entry.ts';
import type { Family } from '../from-inetd/family.ts';

/** What an xinetd entry is going to say; null leaves an attribute out. */
export interface EntryPlan {
  readonly name: string;
  readonly isDisabled: boolean;
  readonly serviceType: string | null;
  /** Built-in services have one; for others it is settled later, where names repeat. */
  readonly id: string | null;
  /** Without the family. */
  readonly flags: string;
  readonly family: Family;
  readonly socketType: string;
  readonly protocol: string;
  readonly port: string | null;
  readonly rpcNumber: string | null;
  readonly rpcVersion: string | null;
  readonly bind: string | null;
  readonly wait: boolean;
  readonly user: string;
  readonly group: string | null;
  /** inetd gives a server the supplementary groups of its user, xinetd only when told so. */
  readonly groups: boolean;
  readonly server: string | null;
  readonly serverArgs: string;
  readonly instances: string | null;
  readonly perSource: string | null;
  readonly cps: string | null;
  /** The protocol with its IP version as the line writes it, for ids. */
  readonly protocolToken: string;
  readonly isInternal: boolean;
}

/** The attributes in the order of the reference; `flags` must precede `server_args`, which xinetd reads by them. */
export function attributesOf(plan: EntryPlan): readonly NewAttribute[] {
  const attributes: NewAttribute[] = [];
  if (plan.isDisabled) attributes.push(['disable', 'yes']);
  if (plan.serviceType !== null) attributes.push(['type', plan.serviceType]);
  if (plan.id !== null) attributes.push(['id', plan.id]);
  const flags = `${plan.flags} ${plan.family.flag}`.trim();
  if (flags !== '') attributes.push(['flags', flags]);
  attributes.push(['socket_type', plan.socketType], ['protocol', plan.protocol]);
  if (plan.port !== null) attributes.push(['port', plan.port]);
  if (plan.rpcNumber !== null) attributes.push(['rpc_number', plan.rpcNumber]);
  if (plan.rpcVersion !== null) attributes.push(['rpc_version', plan.rpcVersion]);
  if (plan.bind !== null) attributes.push(['bind', plan.bind]);
  if (plan.family.isV6Only) attributes.push(['v6only', 'yes']);
  attributes.push(['wait', plan.wait ? 'yes' : 'no'], ['user', plan.user]);
  if (plan.group !== null) attributes.push(['group', plan.group]);
  if (plan.groups) attributes.push(['groups', 'yes']);
  if (plan.server !== null) attributes.push(['server', plan.server]);
  // An empty list would disable the service.
  if (plan.serverArgs !== '') attributes.push(['server_args', plan.serverArgs]);
  if (plan.instances !== null) attributes.push(['instances', plan.instances]);
  if (plan.perSource !== null) attributes.push(['per_source', plan.perSource]);
  if (plan.cps !== null) attributes.push(['cps', plan.cps]);
  return attributes;
}
