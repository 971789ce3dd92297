import { canonicalPosition } from '../catalog/catalogue.ts';
import type {
  AccessItem,
  Configuration,
  DroppedEntry,
  LogDestination,
  Origin,
  Service,
} from '../model/service.ts';
import { escapeControl } from '../text/escape-control.ts';
import { timeText, versionsText } from './effective-json.ts';

export interface TextStyle {
  readonly comment: (text: string) => string;
  readonly keyword: (text: string) => string;
  /** Foreign text on its way to a terminal. */
  readonly value: (text: string) => string;
}

/** Nothing coloured, nothing escaped: the output is a configuration again. */
export const plainStyle: TextStyle = { comment: same, keyword: same, value: same };

function same(text: string): string {
  return text;
}

/**
 * A configuration without includes, inherited values and operators that resolves to the same services. Comments on
 * lines of their own say where each value comes from, and what does not run.
 */
export function effectiveText(configuration: Configuration, style: TextStyle = plainStyle): string {
  const { services, dropped, commonLog } = configuration;
  const blocks = [
    ...endNotes(configuration, style),
    ...(commonLog === null ? [] : [defaultsBlock(commonLog, style)]),
    ...services.map((service) => serviceBlock(service, style)),
    ...dropped.map((entry) => droppedNote(entry, style)),
  ];
  return blocks.join('\n');
}

/** Says of a daemon that ends by itself that nothing runs, and why. */
function endNotes({ accepted, exitCode, diagnostics }: Configuration, style: TextStyle): readonly string[] {
  if (accepted) return [];
  const end = exitCode === null ? 'the daemon never starts' : `the daemon ends with status ${exitCode}`;
  const reason = diagnostics.at(-1)?.message.trimEnd() ?? '';
  return [comment(`nothing runs: ${end}: ${reason}`, style)];
}

/** The log that services share can only be named in `defaults`. */
function defaultsBlock(log: LogDestination, style: TextStyle): string {
  const attribute = ['log_type', logTypeWords(log)] as const;
  return `${style.keyword('defaults')}\n{\n${attributeLine(attribute, style)}}\n`;
}

function serviceBlock(service: Service, style: TextStyle): string {
  const place = placeText(service.location);
  if (service.unixPath !== null) {
    return comment(`${place}: ${service.name} listens on a UNIX socket, which xinetd.conf cannot say`, style);
  }
  const lines = attributesOf(service).map((attribute) => {
    const origins = service.origins[attribute[0]] ?? [];
    return `${originComments(origins, style)}${attributeLine(attribute, style)}`;
  });
  const header = `${style.keyword('service')} ${style.value(service.name)}`;
  return `${comment(place, style)}${header}\n{\n${lines.join('')}${inetdNotes(service, style)}}\n`;
}

/** What inetd.conf can say and xinetd.conf cannot. */
function inetdNotes(service: Service, style: TextStyle): string {
  const notes = {
    'starts in a minute': service.maxPerMinute,
    'starts in a minute for one address': service.maxPerMinutePerSource,
    'servers before clients wait': service.maxChildren,
    'bytes of send buffer': service.sendBuffer,
    'bytes of receive buffer': service.receiveBuffer,
  };
  return Object.entries(notes)
    .filter(([, value]) => value !== null)
    .map(([what, value]) => comment(`no attribute for: ${value} ${what}`, style, '\t'))
    .join('');
}

function attributeLine([name, words]: readonly [string, readonly string[]], style: TextStyle): string {
  return `\t${[name.padEnd(15), '=', ...words.map(style.value)].join(' ')}\n`;
}

function comment(text: string, style: TextStyle, indent = ''): string {
  return `${indent}${style.comment(`# ${escapeControl(text)}`)}\n`;
}

function originComments(origins: readonly Origin[], style: TextStyle): string {
  return origins.map((origin) => comment(originText(origin), style, '\t')).join('');
}

function originText({ from, location, note }: Origin): string {
  const words = location === null ? [sourceNames[from]] : [placeText(location)];
  if (from === 'defaults') words.push('in defaults');
  if (note !== undefined) words.push(`(${note})`);
  return words.join(' ');
}

const sourceNames: Readonly<Record<Origin['from'], string>> = {
  entry: 'the entry',
  defaults: 'defaults',
  derived: 'follows from other values',
  table: 'services file',
  'built-in': 'built in',
};

function placeText({
  source,
  range,
}: {
  source: { path: string; lineAt(offset: number): number };
  range: { start: number };
}): string {
  return `${source.path}:${source.lineAt(range.start)}`;
}

function droppedNote({ id, location, cause, reasons }: DroppedEntry, style: TextStyle): string {
  const what = cause === 'disabled' ? 'is switched off' : 'does not run';
  const lines = reasons.map(({ message, file, line }) =>
    comment(`  ${file === undefined ? '' : `${file}:${line ?? 0}: `}${message.replace(/\n+$/, '')}`, style),
  );
  return `${comment(`${placeText(location)}: ${id} ${what}`, style)}${lines.join('')}`;
}

/** The attributes that say what a service is, in canonical order. */
function attributesOf(service: Service): readonly (readonly [string, readonly string[]])[] {
  const attributes: [string, readonly string[]][] = [];
  const add = (name: string, ...words: readonly (string | number)[]) => {
    attributes.push([name, words.map(String)]);
  };
  const addGiven = (name: string, value: string | number | null) => {
    if (value !== null) add(name, value);
  };
  const { types, flags } = service;
  if (types.length > 0) add('type', ...types);
  add('id', service.id);
  if (flags.length > 0) add('flags', ...flags);
  add('socket_type', service.socketType);
  if (service.protocol !== '') add('protocol', service.protocol);
  addGiven('port', service.port);
  if (service.rpc !== null) {
    if (types.includes('UNLISTED')) addGiven('rpc_number', service.rpc.number);
    add('rpc_version', versionsText(service.rpc));
  }
  addGiven('bind', service.bind);
  if (service.v6only) add('v6only', 'yes');
  add('wait', service.wait ? 'yes' : 'no');
  addGiven('user', service.user?.name ?? null);
  addGiven('group', service.group?.name ?? null);
  add('groups', service.groups ? 'yes' : 'no');
  addGiven('umask', service.umask === null ? null : service.umask.toString(8).padStart(3, '0'));
  if (service.redirect !== null) add('redirect', service.redirect.host, service.redirect.port);
  else addProgram(service, add);
  addAccess(service, add);
  addGiven('instances', service.instances);
  addGiven('per_source', service.perSource);
  add('cps', service.cps?.rate ?? 0, service.cps?.pause ?? 0);
  addGiven('max_load', service.maxLoad);
  addGiven('nice', service.nice);
  for (const [resource, value] of Object.entries(service.rlimits)) {
    add(`rlimit_${resource}`, value === 'unlimited' ? 'UNLIMITED' : value);
  }
  if (service.env.length > 0) add('env', ...service.env);
  if (service.passenv !== null) add('passenv', ...service.passenv);
  addGiven('banner', service.banner);
  addGiven('banner_success', service.bannerSuccess);
  addGiven('banner_fail', service.bannerFail);
  if (service.denyTime !== 0) add('deny_time', service.denyTime === -1 ? 'FOREVER' : service.denyTime);
  addGiven('libwrap', service.libwrap);
  if (service.logType !== null && service.logType.kind !== 'common') {
    add('log_type', ...logTypeWords(service.logType));
  }
  if (service.logOnSuccess.length > 0) add('log_on_success', ...service.logOnSuccess);
  if (service.logOnFailure.length > 0) add('log_on_failure', ...service.logOnFailure);
  attributes.sort(([a], [b]) => canonicalPosition(a) - canonicalPosition(b));
  return isArgvLost(service) ? argumentsFirst(attributes, service) : attributes;
}

type Add = (name: string, ...words: readonly (string | number)[]) => void;

function addProgram(service: Service, add: Add): void {
  if (service.server === null || service.types.includes('INTERNAL')) return;
  add('server', service.server);
  const words = service.flags.includes('NAMEINARGS') ? service.argv : service.argv.slice(1);
  if (words.length > 0) add('server_args', ...words);
}

/** NAMEINARGS that came too late for the daemon: argv is empty. */
function isArgvLost({ flags, argv, server }: Service): boolean {
  return flags.includes('NAMEINARGS') && argv.length === 0 && server !== null;
}

/** Says it the way it was: the arguments, whatever they are, in front of the flag. */
function argumentsFirst(
  attributes: readonly [string, readonly string[]][],
  { server }: Service,
): readonly (readonly [string, readonly string[]])[] {
  return [['server_args', [server ?? '']], ...attributes];
}

function addAccess(service: Service, add: Add): void {
  const words = (items: readonly AccessItem[]) => items.map(({ pattern }) => pattern.text);
  if (service.onlyFrom !== null) add('only_from', ...words(service.onlyFrom));
  if (service.noAccess !== null) add('no_access', ...words(service.noAccess));
  if (service.accessTimes !== null) {
    add(
      'access_times',
      ...service.accessTimes.map(({ start, end }) => `${timeText(start)}-${timeText(end)}`),
    );
  }
}

function logTypeWords(log: LogDestination): readonly string[] {
  switch (log.kind) {
    case 'syslog':
      return ['SYSLOG', log.facility, log.level];
    case 'file':
      return [
        'FILE',
        log.path,
        ...[log.soft, log.hard].flatMap((size) => (size === null ? [] : [String(size)])),
      ];
    case 'common':
      return [];
  }
}
