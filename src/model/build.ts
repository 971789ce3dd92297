import {
  failureLogOptions,
  type Keyword,
  serviceFlags,
  serviceTypes,
  successLogOptions,
} from '../catalog/keywords.ts';
import type { Context } from './context.ts';
import { type Draft, idOf } from './draft.ts';
import type { Limit, Service } from './service.ts';

/** A complete, checked entry as a service. */
export function buildService(draft: Draft, context: Context): Service {
  const { values } = draft;
  return {
    id: idOf(draft),
    name: draft.name ?? '',
    location: draft.location,
    syntax: draft.syntax,
    socketType: values.socketType ?? 'stream',
    protocol: values.protocol?.name ?? '',
    port: values.port,
    unixPath: values.unixPath,
    unixOwner: values.unixOwner,
    family: values.family ?? 'IPv6',
    isFamilyGiven: values.isFamilyGiven,
    v6only: isV6only(draft, context),
    bind: values.bind?.text ?? null,
    bindAddress: values.bindAddress,
    wait: values.wait ?? false,
    types: inOrder(serviceTypes, values.types),
    flags: inOrder(serviceFlags, values.flags),
    user: values.user,
    group: values.group,
    groups: values.groups ?? false,
    server: isProgram(draft) ? values.server : null,
    argv: argvOf(draft, context),
    redirect: values.redirect === null ? null : { host: values.redirect.host, port: values.redirect.port },
    redirectAddress: values.redirect?.address ?? null,
    instances: limit(values.instances),
    perSource: limit(values.perSource),
    cps: values.cps === null || values.cps.rate === 0 ? null : values.cps,
    maxPerMinute: values.maxPerMinute,
    maxPerMinutePerSource: values.maxPerMinutePerSource,
    maxChildren: values.maxChildren,
    maxLoad: values.maxLoad,
    onlyFrom: values.onlyFrom,
    noAccess: values.noAccess,
    accessTimes: values.accessTimes,
    denyTime: values.denyTime ?? 0,
    libwrap: values.libwrap,
    logType: values.logType,
    logOnSuccess: inOrder(successLogOptions, values.logOnSuccess ?? new Set()),
    logOnFailure: inOrder(failureLogOptions, values.logOnFailure ?? new Set()),
    // What a line that failed left behind counts only beside one that did not.
    env: draft.given.has('env') ? values.env : none,
    passenv: values.passenv,
    umask: values.umask,
    nice: values.nice,
    rlimits: values.rlimits,
    banner: values.banner,
    bannerSuccess: values.bannerSuccess,
    bannerFail: values.bannerFail,
    rpc: rpcOf(draft),
    sendBuffer: values.sendBuffer,
    receiveBuffer: values.receiveBuffer,
    origins: draft.origins,
  };
}

const none: readonly string[] = [];

function inOrder(keywords: readonly Keyword[], names: ReadonlySet<string>): readonly string[] {
  if (names.size === 0) return none;
  const found: string[] = [];
  for (const { name } of keywords) if (names.has(name)) found.push(name);
  return found;
}

function limit(value: number | 'unlimited' | null): Limit {
  return value === 'unlimited' ? null : value;
}

/** In the daemon every explicit value switches it on, `no` included. */
function isV6only(draft: Draft, context: Context): boolean {
  if (context.quirks.has('v6only-any-value')) return draft.given.has('v6only');
  return draft.values.v6only === true;
}

/**
 * Built-in services and redirects start nothing, whatever the entry says. One that is intercepted is built in to the daemon,
 * and is to start the server in its turn.
 */
function isProgram({ values: { types, flags, redirect } }: Draft): boolean {
  return (!types.has('INTERNAL') || flags.has('INTERCEPT')) && redirect === null;
}

/**
 * argv[0] is the base name of the server, or the first argument with NAMEINARGS. In the daemon that flag counts only
 * when it stood in front of the arguments; behind them argv[0] stays empty, and with it argv.
 */
function argvOf(draft: Draft, context: Context): readonly string[] {
  const { flags, server, serverArguments } = draft.values;
  if (!isProgram(draft) || server === null) return [];
  const words = serverArguments?.words ?? [];
  const isNamed = flags.has('NAMEINARGS');
  const holdsName = context.quirks.has('nameinargs-order') ? (serverArguments?.holdsName ?? false) : isNamed;
  if (isNamed && !holdsName) return [];
  return holdsName ? words : [server.slice(server.lastIndexOf('/') + 1), ...words];
}

function rpcOf({ values }: Draft): Service['rpc'] {
  if (!values.types.has('RPC') || values.rpcVersion === null) return null;
  return { number: values.rpcNumber, ...values.rpcVersion };
}
