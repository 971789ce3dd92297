const quirkIds = [
  'line-sections',
  'sockets-while-loading',
  'inetd-by-position',
  'mild-severities',
  'unplaced-messages',
  'ignored-lines',
  'shared-disable-bit',
  'record-option-removed',
  'loose-numbers',
  'loose-addresses',
  'prefix-overflow',
  'address-overflow',
  'ipv6-128',
  'network-names-exact',
  'unknown-addresses-dropped',
  'no-midnight',
  'operator-ignored',
  'v6only-defaults-ignored',
  'sensor-needs-server',
  'duplicates-need-bind',
  'tcpmux-needs-unlisted',
  'tcpmux-crash',
  'traffic-inherited',
  'dgram-nowait',
  'wait-stream-lists',
  'family-beats-bind',
  'v6only-any-value',
  'nameinargs-order',
] as const;

/** The names of the behaviours in which the profiles differ. */
export type QuirkId = (typeof quirkIds)[number];
export type QuirkSet = ReadonlySet<QuirkId>;
export const allQuirks: QuirkSet = new Set(quirkIds);
