/** What the protocols file of common systems holds, as far as a socket of it makes sense. */
const names = new Set([
  ...['ip', 'icmp', 'igmp', 'ggp', 'ipencap', 'st', 'tcp', 'egp', 'igp', 'pup', 'udp', 'hmp', 'xns-idp'],
  ...[
    'rdp',
    'iso-tp4',
    'dccp',
    'xtp',
    'ddp',
    'idpr-cmtp',
    'ipv6',
    'idrp',
    'rsvp',
    'gre',
    'esp',
    'ah',
    'skip',
  ],
  ...['ipv6-icmp', 'icmp6', 'rspf', 'vmtp', 'eigrp', 'ospf', 'ospfigp', 'ax.25', 'ipip', 'etherip', 'encap'],
  ...['pim', 'ipcomp', 'vrrp', 'l2tp', 'isis', 'sctp', 'fc', 'udplite', 'manet', 'hip', 'shim6', 'mptcp'],
]);

export function isProtocolName(name: string): boolean {
  return names.has(name);
}
