import type { QuirkSet } from '../../model/quirks.ts';

/**
 * How a conversion reads xinetd.conf. What the daemon lets pass is carried over and said, or most of the files that run
 * today could not be converted; but where its defects break a service or lose what the text clearly asks for, the
 * documented meaning is taken: `v6only = no`, NAMEINARGS behind server_args, IPv6 /128, defaults behind services.
 */
export const conversionQuirks: QuirkSet = new Set([
  'ignored-lines',
  'unread-includes-skipped',
  'loose-numbers',
  'loose-addresses',
  'address-overflow',
  'prefix-overflow',
  'unknown-addresses-dropped',
  'duplicates-need-bind',
  'tcpmux-needs-unlisted',
  'dgram-nowait',
  'wait-stream-restrictions',
  'family-beats-bind',
]);
