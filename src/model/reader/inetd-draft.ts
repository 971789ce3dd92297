import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Attribute, LineEntry, PairsEntry, Word } from '../../ast/nodes.ts';
import { findInetdAttribute } from '../../catalog/catalogue.ts';
import { isLost } from '../../grammar/inetd/problems.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Context, quietly } from '../context.ts';
import { copyAtEntry } from '../defaults.ts';
import { type Draft, newDraft } from '../draft.ts';
import { placedMessage } from '../report.ts';
import type { Origin, SocketType } from '../service.ts';
import { bindsOf, type DirectiveWords, type LocatedBind } from './inetd-bind.ts';
import { placeOf } from './place.ts';

/** What the directives above an entry say for it. */
export interface InetdInherited {
  readonly bind: DirectiveWords | null;
  readonly ipsecPolicy: Word | null;
}

/** How the words that dialects disagree about are meant. */
export interface InetdRules {
  /** `tcp` and `udp` without a version: IPv4 alone, or both families as Debian has it. */
  readonly plainProtocol: 'IPv4' | 'both';
  /** `tcp6`: IPv6 alone, or IPv4 as well. */
  readonly sixProtocol: 'IPv6' | 'both';
  /** Access to a UNIX socket where the line says nothing. */
  readonly socketMode: number;
}

/** Starts in a minute where the line says nothing, as in most daemons. */
const defaultRate = 256;

/** What only one system has, and what nothing is lost without. */
const unsupported: readonly InetdKey[] = [
  'receive_interface',
  'login_class',
  'user_keywords',
  'processors',
  'ipsec_policy',
];

/** A line as one entry for each of its addresses. Messages come once. */
export function draftsOf(
  entry: LineEntry | PairsEntry,
  source: SourceText,
  inherited: InetdInherited,
  rules: InetdRules,
  defaults: Draft,
  context: Context,
): readonly Draft[] {
  const binds = bindsOf(entry, source, inherited.bind, context.tables);
  return binds.map((bind, index) => {
    const draft = newDraft('service', entry.name?.text ?? '', entry.syntax, {
      source,
      range: { start: entry.start, end: entry.end },
    });
    copyAtEntry(draft, defaults);
    const reader = new EntryReader(draft, entry, source, index === 0 ? context : quietly(context));
    reader.read(bind, inherited, rules);
    return draft;
  });
}

class EntryReader {
  readonly #draft: Draft;
  readonly #entry: LineEntry | PairsEntry;
  readonly #source: SourceText;
  readonly #context: Context;
  readonly #attributes: ReadonlyMap<string, Attribute>;

  constructor(draft: Draft, entry: LineEntry | PairsEntry, source: SourceText, context: Context) {
    this.#draft = draft;
    this.#entry = entry;
    this.#source = source;
    this.#context = context;
    this.#attributes = new Map(entry.attributes.map((attribute) => [attribute.key, attribute]));
  }

  read(bind: LocatedBind | null, inherited: InetdInherited, rules: InetdRules): void {
    for (const attribute of this.#entry.attributes) this.#given(attribute.key, attribute);
    this.#readType();
    this.#readSocket(rules);
    this.#readBind(bind);
    this.#readAccount();
    this.#readProgram();
    this.#readLimits();
    this.#refuseUnsupported(inherited);
  }

  #word(key: InetdKey): Word | undefined {
    return this.#attributes.get(key)?.values[0];
  }

  #number(key: InetdKey): number | null {
    const word = this.#word(key);
    return word === undefined ? null : Number(word.text);
  }

  /** A limit of 0 is none. */
  #limit(key: InetdKey): number | null {
    return this.#number(key) || null;
  }

  #given(name: string, at: Range | null): void {
    const location = at === null ? null : { source: this.#source, range: { start: at.start, end: at.end } };
    const origin: Origin = { from: at === null ? 'built-in' : 'entry', location };
    this.#draft.given.add(name);
    this.#draft.origins.set(name, [origin]);
  }

  /** Says that a value which xinetd.conf has as `name` comes from the first of these keys that the entry has. */
  #originAs(name: string, ...keys: readonly InetdKey[]): void {
    const { origins } = this.#draft;
    const found = keys.map((key) => origins.get(key)).find((each) => each !== undefined);
    if (found !== undefined) origins.set(name, found);
  }

  #derived(name: string, note?: string): void {
    const { origins } = this.#draft;
    const origin: Origin = { from: 'derived', location: null, ...(note === undefined ? {} : { note }) };
    // What a line says comes last: it is the origin that counts.
    origins.set(name, [origin, ...(origins.get(name) ?? [])]);
  }

  #fault(code: string, message: string, at: Range): void {
    const diagnostic = placedMessage('ERROR', code, message, placeOf(this.#source, at));
    this.#context.report(diagnostic);
    this.#draft.faults.push({ attribute: null, diagnostic });
  }

  /** A word that the grammar could not read is not absent: what is wrong with it has been said. */
  #absent(code: string, message: string): void {
    if (!isLost(this.#entry.problems)) this.#fault(code, message, this.#entry);
  }

  #readType(): void {
    const { types } = this.#draft.values;
    for (const { key, values } of this.#entry.attributes) {
      if (key === 'type') for (const { text } of values) types.add(text);
    }
    const isNumbered = this.#word('port') !== undefined || this.#word('rpc_number') !== undefined;
    if (isNumbered || types.has('TCPMUX') || types.has('TCPMUXPLUS')) {
      types.add('UNLISTED');
      this.#derived('type', 'its number stands in the line');
    }
    this.#draft.values.port = this.#number('port');
    this.#draft.values.rpcNumber = this.#number('rpc_number');
    const range = /^([0-9]+)(?:-([0-9]+))?$/.exec(this.#word('rpc_version')?.text ?? '');
    if (range !== null) {
      const low = Number(range[1]);
      this.#draft.values.rpcVersion = { low, high: Number(range[2] ?? low) };
    } else if (types.has('RPC')) {
      const versions = this.#word('rpc_version');
      if (versions === undefined) this.#absent('rpc-versions', 'no version is named');
      else this.#fault('rpc-versions', 'the versions are no range', versions);
    }
  }

  #readSocket(rules: InetdRules): void {
    const { values } = this.#draft;
    const socketType = this.#word('socket_type');
    if (socketType !== undefined) {
      if (/^(?:stream|dgram|raw|rdm|seqpacket)$/.test(socketType.text)) {
        values.socketType = socketType.text as SocketType;
      } else this.#fault('bad-socket-type', `Bad socket type: ${socketType.text}`, socketType);
    }
    values.unixPath = this.#word('socket_path')?.text ?? null;
    if (values.unixPath !== null) this.#readSocketOwner(rules);
    const protocol = this.#word('protocol');
    if (protocol === undefined) this.#absent('missing-protocol', 'no protocol is named');
    else {
      const number = values.unixPath !== null ? 0 : this.#context.tables.protocolNumber(protocol.text);
      if (number !== undefined) values.protocol = { name: protocol.text, number };
      else this.#fault('unknown-protocol', `Protocol ${protocol.text} not in /etc/protocols`, protocol);
    }
    values.wait = this.#word('wait')?.text === 'yes';
    this.#readFamily(rules);
  }

  #readSocketOwner({ socketMode }: InetdRules): void {
    const mode = this.#word('socket_mode');
    if (mode === undefined) this.#derived('socket_mode', 'as this inetd makes it');
    this.#draft.values.unixOwner = {
      user: this.#word('socket_user')?.text ?? null,
      group: this.#word('socket_group')?.text ?? null,
      mode: mode === undefined ? socketMode : Number.parseInt(mode.text, 8),
    };
  }

  /** Where the line names no version, the address (when there is one) decides before the dialect does. */
  #readFamily(rules: InetdRules): void {
    const { values } = this.#draft;
    const version = this.#word('ip_version')?.text;
    const takesBoth = version === '46' || (version === '6' && rules.sixProtocol === 'both');
    if (version === '4') values.flags.add('IPv4');
    else if (version !== undefined) values.flags.add('IPv6');
    values.v6only = version !== undefined && version !== '4' && !takesBoth;
    if (version === undefined && rules.plainProtocol === 'IPv4' && this.#word('bind') === undefined) {
      values.flags.add('IPv4');
    }
    this.#draft.given.add('v6only');
    this.#originAs('v6only', 'ip_version');
    this.#originAs('flags', 'ip_version');
  }

  #readBind(bind: LocatedBind | null): void {
    if (bind === null) return;
    const { value, origin } = bind;
    if (value.addresses.length === 0) {
      this.#fault('bad-bind-address', `bad address: ${value.text}`, this.#word('bind') ?? this.#entry);
      return;
    }
    this.#draft.values.bind = value;
    this.#draft.given.add('bind');
    this.#draft.origins.set('bind', [origin]);
  }

  /** Names only: a number is the name of a user that is called so. */
  #readAccount(): void {
    const { values } = this.#draft;
    const { tables } = this.#context;
    values.groups = true;
    this.#given('groups', null);
    const user = this.#word('user');
    const found = user === undefined ? undefined : tables.user(user.text);
    if (user === undefined) this.#absent('missing-user', 'no user is named');
    else if (found === undefined) this.#fault('unknown-user', `Unknown user: ${user.text}`, user);
    else values.user = { name: user.text, id: found.uid, gid: found.gid };
    const group = this.#word('group');
    if (group === undefined) return;
    const id = tables.group(group.text)?.gid;
    if (id === undefined) this.#fault('unknown-group', `Unknown group: ${group.text}`, group);
    else values.group = { name: group.text, id };
  }

  #readProgram(): void {
    const { values } = this.#draft;
    values.flags.add('NOLIBWRAP');
    this.#derived('flags', 'as inetd serves');
    if (values.types.has('INTERNAL')) return;
    const server = this.#word('server');
    if (server === undefined) return;
    if (!this.#context.files.isExecutable(this.#draft.location.source.fileName(server.text))) {
      this.#fault('server-not-executable', `Server ${server.text} is not executable`, server);
      return;
    }
    values.server = server.text;
    const argv = this.#attributes.get('argv')?.values ?? [];
    if (argv.length === 0) return;
    values.flags.add('NAMEINARGS');
    values.serverArguments = { words: argv.map((word) => word.text), holdsName: true };
    this.#draft.given.add('server_args');
    this.#originAs('server_args', 'argv');
  }

  #readLimits(): void {
    const { values } = this.#draft;
    const rate = this.#number('max_per_minute');
    // No daemon takes 0 for "no limit" here: those that serve at all with it have their default then.
    values.maxPerMinute = rate || defaultRate;
    if (rate === null) this.#given('max_per_minute', null);
    values.maxChildren = this.#limit('max_child') ?? this.#limit('accept_max');
    values.perSource = this.#limit('max_child_per_ip');
    if (values.perSource !== null) this.#draft.given.add('per_source');
    values.maxPerMinutePerSource =
      this.#limit('max_connections_per_ip_per_minute') ?? this.#limit('max_per_ip_per_minute');
    this.#originAs('max_children', 'max_child', 'accept_max');
    this.#originAs('per_source', 'max_child_per_ip');
    this.#originAs('max_per_minute_per_source', 'max_connections_per_ip_per_minute', 'max_per_ip_per_minute');
    values.sendBuffer = sizeOf(this.#word('sndbuf'));
    values.receiveBuffer = sizeOf(this.#word('rcvbuf'));
  }

  /** What asks for a restriction that nobody here can keep costs the entry; the rest is passed over with a word. */
  #refuseUnsupported(inherited: InetdInherited): void {
    const ownPolicy = this.#attributes.get('ipsec_policy');
    const policy = ownPolicy === undefined ? inherited.ipsecPolicy : (ownPolicy.values[0] ?? null);
    for (const key of unsupported) {
      const at = key === 'ipsec_policy' ? policy : this.#attributes.get(key);
      if (at === null || at === undefined) continue;
      const message = `${key.replaceAll('_', ' ')} is not supported`;
      if (findInetdAttribute(key)?.restricts === true) this.#fault('unsupported', message, at);
      else this.#context.report(placedMessage('WARNING', 'unsupported', message, placeOf(this.#source, at)));
    }
  }
}

/** Bytes with a last letter `k` or `m`; the grammar has checked the form. */
function sizeOf(word: Word | undefined): number | null {
  if (word === undefined) return null;
  const [, digits = '', unit = ''] = /^([0-9]+)([km]?)$/i.exec(word.text) ?? [];
  const factor = { k: 1024, m: 1024 * 1024 }[unit.toLowerCase()] ?? 1;
  return Number(digits) * factor;
}
