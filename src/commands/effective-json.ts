import type { Location } from '../diagnostics/diagnostic.ts';
import type { AccessItem, Configuration, ModelDiagnostic, Origin, Service } from '../model/service.ts';

/** The document of `effective --json`; docs and schema describe it, so fields are added but never change. */
export function effectiveDocument(configuration: Configuration): unknown {
  const { profile, accepted, exitCode, services, dropped, diagnostics } = configuration;
  return {
    version: 1,
    profile,
    accepted,
    exitCode,
    services: services.map(serviceJson),
    dropped: dropped.map(({ id, name, location, cause, switchedOff, reasons }) => ({
      id,
      name,
      cause,
      ...placeJson(location),
      switchedOff: switchedOff && { by: switchedOff.by, ...placeJson(switchedOff.location) },
      reasons: reasons.map(diagnosticJson),
    })),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function placeJson({ source, range }: Location): { readonly file: string; readonly line: number } {
  return { file: source.path, line: source.lineAt(range.start) };
}

function diagnosticJson({ severity, code, message, file, line }: ModelDiagnostic): unknown {
  return { severity, code, message, file: file ?? null, line: line ?? null };
}

function serviceJson(service: Service): unknown {
  const isTcpmuxClient = service.types.includes('TCPMUX') || service.types.includes('TCPMUXPLUS');
  return {
    id: service.id,
    name: service.name,
    state: isTcpmuxClient ? 'not started' : 'active',
    port: service.port,
    path: service.unixPath,
    protocol: service.protocol,
    socketType: service.socketType,
    wait: service.wait,
    type: service.types,
    flags: service.flags,
    bind: service.bind,
    bindAddress: service.bindAddress,
    v6only: service.v6only,
    user: service.user?.name ?? null,
    uid: service.user?.id ?? null,
    group: service.group?.name ?? null,
    gid: service.group?.id ?? null,
    groups: service.groups,
    server: service.server,
    argv: service.argv,
    redirect: service.redirect,
    instances: service.instances,
    perSource: service.perSource,
    cps: service.cps === null ? null : [service.cps.rate, service.cps.pause],
    maxPerMinute: service.maxPerMinute,
    maxPerMinutePerSource: service.maxPerMinutePerSource,
    maxChildren: service.maxChildren,
    maxLoad: service.maxLoad,
    onlyFrom: accessWords(service.onlyFrom),
    noAccess: accessWords(service.noAccess),
    accessTimes: service.accessTimes?.map(({ start, end }) => `${timeText(start)}-${timeText(end)}`) ?? null,
    denyTime: service.denyTime,
    libwrap: service.libwrap,
    logType: service.logType,
    logOnSuccess: service.logOnSuccess,
    logOnFailure: service.logOnFailure,
    env: service.env,
    passenv: service.passenv,
    umask: service.umask,
    nice: service.nice,
    rlimits: rlimitsJson(service.rlimits),
    banner: service.banner,
    bannerSuccess: service.bannerSuccess,
    bannerFail: service.bannerFail,
    rpc: service.rpc === null ? null : { number: service.rpc.number, versions: versionsText(service.rpc) },
    sendBuffer: service.sendBuffer,
    receiveBuffer: service.receiveBuffer,
    file: service.location.source.path,
    line: service.location.source.lineAt(service.location.range.start),
    encoding: service.location.source.encoding,
    origin: Object.fromEntries([...service.origins].map(([key, all]) => [key, originJson(all, service)])),
  };
}

function accessWords(items: readonly AccessItem[] | null): readonly string[] | null {
  return items?.map(({ pattern }) => pattern.text) ?? null;
}

const resources = ['as', 'cpu', 'data', 'rss', 'stack', 'files'] as const;

/** Not set and unlimited are both nothing to enforce. */
function rlimitsJson(limits: Service['rlimits']): unknown {
  return Object.fromEntries(
    resources.map((resource) => {
      const value = limits[resource];
      return [resource, value === undefined || value === 'unlimited' ? null : value];
    }),
  );
}

/**
 * The line that decided last, with the others that had a part in it. As in `parse`, the text of a file that is no UTF-8 has
 * one character for each byte; a value from a file of another encoding than the service's says so.
 */
function originJson(origins: readonly Origin[], service: Service): unknown {
  const own = service.location.source.encoding;
  const places = origins.map(({ from, location, note }) => ({
    from,
    file: location?.source.path ?? null,
    line: location === null ? null : location.source.lineAt(location.range.start),
    ...(note === undefined ? {} : { note }),
    ...(location === null || location.source.encoding === own ? {} : { encoding: location.source.encoding }),
  }));
  const earlier = places.slice(0, -1);
  return { ...places.at(-1), ...(earlier.length === 0 ? {} : { earlier }) };
}

/** Minutes since midnight as `HH:MM`. */
export function timeText(minutes: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** `2` or `2-4`. */
export function versionsText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? String(low) : `${low}-${high}`;
}
