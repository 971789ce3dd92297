/** Names that Linux and BSD give to network interfaces: what people write where an address belongs. */
const interfaceName =
  /^(?:lo|(?:eth|wlan|tun|tap|bond|docker|virbr|ppp|wg|vlan|ib|em|bridge|lo|igb|re|fxp|vmbr)\d+|en[opsx]\w*\d\w*|wl[opsx]\w+|br-?\w*\d|br-\w+|veth\w+|p\d+p\d+)(?:[.:@]\d+)?$/i;

export function isInterfaceName(text: string): boolean {
  return interfaceName.test(text);
}
