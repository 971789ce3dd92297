import type { Location } from '../diagnostics/diagnostic.ts';
import type { Context } from './context.ts';
import { fillAfterReading } from './defaults.ts';
import { type Draft, nameOf } from './draft.ts';
import { placeOf } from './reader/place.ts';
import { type LogSeverity, placedMessage, plainMessage } from './report.ts';
import type { AddressFamily, ModelDiagnostic, Origin } from './service.ts';

const builtIn: readonly Origin[] = [{ from: 'built-in', location: null }];
const noRate: readonly Origin[] = [{ from: 'built-in', location: null, note: 'inetd limits by minute' }];
const derived: readonly Origin[] = [{ from: 'derived', location: null }];

/** Says where a value comes from that no line of the entry gave. */
export function follows({ origins }: Draft, attribute: string): void {
  if (!origins.has(attribute)) origins.set(attribute, derived);
}

/**
 * Loses the entry for a reason that concerns it as a whole, said at its head or at the line that asks for what cannot be.
 * Returns false, for the check to hand on.
 */
export function drop(
  draft: Draft,
  context: Context,
  code: string,
  message: string,
  location: Location = draft.location,
): false {
  draft.faults.push({
    attribute: null,
    diagnostic: entryMessage('ERROR', code, message, { location }, context),
  });
  return false;
}

/** Reports a message about an entry as a whole. The daemon names neither file nor line in these. */
export function entryMessage(
  severity: LogSeverity,
  code: string,
  message: string,
  { location }: Pick<Draft, 'location'>,
  context: Context,
): ModelDiagnostic {
  const diagnostic = context.quirks.has('unplaced-messages')
    ? plainMessage(severity, code, message, location)
    : placedMessage(severity, code, message, placeOf(location.source, location.range));
  context.report(diagnostic);
  return diagnostic;
}

/**
 * Completes an entry with what it does not say itself (reference 9.1): argv, defaults, address family, protocol and
 * socket type from each other, the port from the services file. False when that is not possible.
 */
export function fill(draft: Draft, defaults: Draft, context: Context): boolean {
  if (draft.values.redirect !== null) draft.values.server = '/bin/true';
  if (!hasProgram(draft, context)) return false;
  fillAfterReading(draft, defaults, unusedDefaults(context));
  if (draft.values.cps === null) fillRate(draft, context);
  if (!chooseFamily(draft, context)) return false;
  deriveProtocol(draft, context);
  return findPort(draft, context);
}

/** Lines of inetd.conf keep inetd's own limits; xinetd reads them as entries of its own, with its rate. */
function fillRate(draft: Draft, { quirks }: Context): void {
  if (draft.syntax === 'block' || quirks.has('inetd-by-position')) {
    draft.values.cps = { rate: 50, pause: 10 };
    draft.origins.set('cps', builtIn);
  } else draft.origins.set('cps', noRate);
}

const nothing: ReadonlySet<string> = new Set();
const v6onlyAlone: ReadonlySet<string> = new Set(['v6only']);

function unusedDefaults(context: Context): ReadonlySet<string> {
  return context.quirks.has('v6only-defaults-ignored') ? v6onlyAlone : nothing;
}

function hasProgram(draft: Draft, context: Context): boolean {
  const { types, flags, server, serverArguments } = draft.values;
  if (types.has('INTERNAL')) return true;
  if (flags.has('SENSOR') && !context.quirks.has('sensor-needs-server')) return true;
  if (server === null) {
    return drop(draft, context, 'missing-server', `Must specify a server in ${nameOf(draft)}`);
  }
  if (flags.has('NAMEINARGS') && serverArguments === null) {
    const message = 'Must specify server args if using NAMEINARGS flag';
    return drop(draft, context, 'missing-server-args', message);
  }
  return true;
}

/** Without a flag the bind address decides, and without that IPv6 (which takes IPv4 clients too). */
function chooseFamily(draft: Draft, context: Context): boolean {
  const { values } = draft;
  const { flags, bind } = values;
  const only = bind?.addresses.length === 1 ? bind.addresses[0] : undefined;
  values.isFamilyGiven = flags.has('IPv4') || flags.has('IPv6');
  if (!values.isFamilyGiven) {
    flags.add(impliedFamily(values, context));
    follows(draft, 'flags');
  }
  const family: AddressFamily = flags.has('IPv6') ? 'IPv6' : 'IPv4';
  values.family = family;
  if (bind === null) return true;
  // A name with addresses of both families waits for the flag to choose.
  const chosen = only ?? context.tables.hostAddresses(bind.text, family === 'IPv6' ? 6 : 4)[0];
  if (chosen === undefined) {
    return drop(draft, context, 'bad-bind-address', `bad address given for: ${nameOf(draft)}`);
  }
  values.bindAddress = chosen;
  return true;
}

function impliedFamily({ bind }: Draft['values'], { quirks }: Context): AddressFamily {
  const { length } = bind?.addresses ?? [];
  const counts = quirks.has('bind-name-is-ipv6') ? length === 1 : length > 0;
  return counts && bind?.addresses.every((address) => familyOf(address) === 'IPv4') ? 'IPv4' : 'IPv6';
}

export function familyOf(address: string): AddressFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function deriveProtocol(draft: Draft, context: Context): void {
  const { values } = draft;
  if (values.protocol === null && values.socketType !== null) {
    const name = values.socketType === 'stream' ? 'tcp' : values.socketType === 'dgram' ? 'udp' : null;
    const number = name === null ? undefined : context.tables.protocolNumber(name);
    if (name !== null && number !== undefined) {
      values.protocol = { name, number };
      draft.given.add('protocol');
      draft.origins.set('protocol', derived);
    }
  } else if (values.socketType === null && values.protocol !== null) {
    const name = values.protocol.name.toLowerCase();
    const socketType = name === 'tcp' ? 'stream' : name === 'udp' ? 'dgram' : null;
    if (socketType !== null) {
      values.socketType = socketType;
      draft.given.add('socket_type');
      draft.origins.set('socket_type', derived);
    }
  }
}

export function isTcpmuxClient(draft: Draft): boolean {
  const { types } = draft.values;
  return types.has('TCPMUX') || types.has('TCPMUXPLUS');
}

function findPort(draft: Draft, context: Context): boolean {
  const { values } = draft;
  if (values.unixPath !== null) return true;
  if (draft.given.has('port') || isTcpmuxClient(draft) || values.types.has('RPC')) return true;
  const name = nameOf(draft);
  if (values.types.has('UNLISTED')) {
    return drop(draft, context, 'missing-port', `Unlisted service: ${name} must have a port entry`);
  }
  if (values.protocol === null) {
    const message = `Port not specified for service: ${name} and no protocol given`;
    return drop(draft, context, 'missing-protocol', message);
  }
  const port = context.tables.servicePort(name, values.protocol.name);
  if (port === undefined) {
    const message = `Port not specified and can't find service: ${name} with getservbyname`;
    return drop(draft, context, 'unknown-service', message);
  }
  values.port = port;
  draft.given.add('port');
  draft.origins.set('port', [{ from: 'table', location: null, note: 'from the services file' }]);
  return true;
}
