import { canonicalPosition } from '../catalog/catalogue.ts';
import { isNumericAddress } from '../model/listening.ts';
import type { AccessItem, LogDestination, Service, TimeInterval } from '../model/service.ts';
import type { SourceText } from '../text/source-text.ts';
import { timeText, versionsText } from './effective-json.ts';

/** A word with the file whose encoding it has. */
export interface EffectiveWord {
  readonly text: string;
  readonly source: SourceText;
}

export interface EffectiveAttribute {
  readonly name: string;
  readonly words: readonly EffectiveWord[];
}

/** The file that the value of an attribute comes from. */
function sourceOf({ origins, location }: Service, attribute: string): SourceText {
  const origin = origins.get(attribute)?.findLast((each) => each.location !== null);
  return origin?.location?.source ?? location.source;
}

/** A destination as the lines say it from which this service has its own. */
export function logTypeAttribute(service: Service, log: LogDestination): EffectiveAttribute {
  const source = sourceOf(service, 'log_type');
  return { name: 'log_type', words: logTypeWords(log).map((text) => ({ text, source })) };
}

/** The attributes that say what a service is, in canonical order. */
export function attributesOf(service: Service): readonly EffectiveAttribute[] {
  const attributes: EffectiveAttribute[] = [];
  const add: Add = (name, value) => {
    const source = sourceOf(service, name);
    const words = typeof value === 'object' && !('text' in value) ? value : [value];
    const located = words.map((word) => (typeof word === 'object' ? word : { text: String(word), source }));
    attributes.push({ name, words: located });
  };
  const addGiven = (name: string, value: string | number | null) => {
    if (value !== null) add(name, value);
  };
  const { types, flags } = service;
  const isIntercepted = flags.includes('INTERCEPT');
  // The daemon itself makes a service of its own of what it intercepts.
  const given = types.filter((type) => type !== 'INTERNAL' || !isIntercepted);
  if (given.length > 0) add('type', given);
  add('id', service.id);
  const written = flags.filter((flag) => !isImplied(service, flag));
  if (written.length > 0) add('flags', written);
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
  if (service.redirect !== null) add('redirect', [service.redirect.host, service.redirect.port]);
  else addProgram(service, add);
  addAccess(service, add);
  addGiven('instances', service.instances);
  addGiven('per_source', service.perSource);
  add('cps', [service.cps?.rate ?? 0, service.cps?.pause ?? 0]);
  addGiven('max_load', service.maxLoad);
  addGiven('nice', service.nice);
  for (const [resource, value] of Object.entries(service.rlimits)) {
    add(`rlimit_${resource}`, value === 'unlimited' ? 'UNLIMITED' : value);
  }
  if (service.env.length > 0) add('env', service.env);
  if (service.passenv !== null) add('passenv', service.passenv);
  addGiven('banner', service.banner);
  addGiven('banner_success', service.bannerSuccess);
  addGiven('banner_fail', service.bannerFail);
  if (service.denyTime !== 0) add('deny_time', service.denyTime === -1 ? 'FOREVER' : service.denyTime);
  addGiven('libwrap', service.libwrap);
  if (service.logType !== null && service.logType.kind !== 'common') {
    add('log_type', logTypeWords(service.logType));
  }
  if (service.logOnSuccess.length > 0) add('log_on_success', service.logOnSuccess);
  if (service.logOnFailure.length > 0) add('log_on_failure', service.logOnFailure);
  attributes.sort((a, b) => canonicalPosition(a.name) - canonicalPosition(b.name));
  if (service.accessTimes?.length === 0) attributes.push(revived(service));
  return isArgvLost(service) ? argumentsFirst(attributes, service) : attributes;
}

type Word = string | number | bigint | EffectiveWord;

/** A list is one argument: an entry may have more words than a call takes arguments. */
type Add = (name: string, value: Word | readonly Word[]) => void;

function addProgram(service: Service, add: Add): void {
  if (service.server === null) return;
  add('server', service.server);
  const words = service.flags.includes('NAMEINARGS') ? service.argv : service.argv.slice(1);
  if (words.length > 0) add('server_args', words);
}

/** NAMEINARGS that came too late for the daemon: argv is empty. */
function isArgvLost({ flags, argv, server }: Service): boolean {
  return flags.includes('NAMEINARGS') && argv.length === 0 && server !== null;
}

/** Says it the way it was: the arguments, whatever they are, in front of the flag. */
function argumentsFirst(
  attributes: readonly EffectiveAttribute[],
  service: Service,
): readonly EffectiveAttribute[] {
  const word = { text: service.server ?? '', source: sourceOf(service, 'server') };
  return [{ name: 'server_args', words: [word] }, ...attributes];
}

function addAccess(service: Service, add: Add): void {
  const words = (items: readonly AccessItem[]) =>
    items.map(({ pattern, location }) =>
      location === null ? pattern.text : { text: pattern.text, source: location.source },
    );
  if (service.onlyFrom !== null) add('only_from', words(service.onlyFrom));
  if (service.noAccess !== null) add('no_access', words(service.noAccess));
  if (service.accessTimes !== null) add('access_times', timeWords(service.accessTimes));
}

/** The daemon lets nobody in where all times have failed, which again only a time can say that fails. */
function timeWords(times: readonly TimeInterval[]): readonly string[] {
  if (times.length === 0) return ['00:00-00:00'];
  return times.map(({ start, end }) => `${timeText(start)}-${timeText(end)}`);
}

/** What makes the daemon run an entry with an attribute that failed, as it did the first time. */
function revived({ location }: Service): EffectiveAttribute {
  return { name: 'disable', words: [{ text: 'no', source: location.source }] };
}

/** A family that all addresses of a host name imply: written down it would choose among them. */
function isImplied({ bind, isFamilyGiven }: Service, flag: string): boolean {
  if (flag !== 'IPv4' && flag !== 'IPv6') return false;
  return !isFamilyGiven && bind !== null && !isNumericAddress(bind);
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
