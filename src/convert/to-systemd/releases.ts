/** Release of systemd that first had what a unit needs (NEWS of systemd). */
export const since = {
  startLimitInUnit: 230,
  triggerLimit: 230,
  maxConnectionsPerSource: 232,
  proxyConnectionsMax: 233,
  ipAddressLists: 235,
  collectMode: 236,
  pollLimit: 255,
} as const;
