import type { Comment, Directive, LineEntry, TopLevel } from '../../ast/nodes.ts';
import type { Dialect } from '../../catalog/inetd-dialects.ts';
import type { Range } from '../../text/range.ts';
import type { SourceText } from '../../text/source-text.ts';
import { EntryValues } from './entry-values.ts';

/** A form that only some dialects have. */
export interface DialectSign {
  readonly dialects: readonly Dialect[];
  /** One sure sign decides; strong and weak ones are counted. */
  readonly strength: 'sure' | 'strong' | 'weak';
  /** What was found. */
  readonly form: string;
  readonly at: Range;
}

/** Where IPsec came from the KAME project. */
const kame: readonly Dialect[] = ['freebsd', 'dragonfly', 'netbsd'];
/** The inetds of Linux. */
const linux: readonly Dialect[] = ['debian-openbsd', 'gnu', 'busybox', 'netkit'];
const withAddressLists: readonly Dialect[] = ['openbsd', 'debian-openbsd', 'gnu', 'busybox'];

/** What a node says about the daemon that it was written for (dialects reference, section 11.6). */
export function signsOf(node: TopLevel, source: SourceText): readonly DialectSign[] {
  switch (node.type) {
    case 'Comment':
      return commentSigns(node);
    case 'Directive':
      return directiveSigns(node);
    case 'Entry':
      if (node.syntax === 'line') return lineSigns(node, source);
      return node.syntax === 'pairs' ? [sign(['netbsd'], 'sure', 'key = value', node)] : [];
    case 'Blank':
    case 'Unknown':
      return [];
  }
}

function sign(
  dialects: readonly Dialect[],
  strength: DialectSign['strength'],
  form: string,
  { start, end }: Range,
): DialectSign {
  return { dialects, strength, form, at: { start, end } };
}

const versionControlKeywords: Readonly<Record<string, Dialect>> = {
  $FreeBSD: 'freebsd',
  $DragonFly: 'dragonfly',
  $NetBSD: 'netbsd',
  $OpenBSD: 'openbsd',
};

function commentSigns(comment: Comment): readonly DialectSign[] {
  const [keyword = ''] = /\$(?:FreeBSD|DragonFly|NetBSD|OpenBSD)\b/.exec(comment.text) ?? [];
  const dialect = versionControlKeywords[keyword];
  return dialect === undefined ? [] : [sign([dialect], 'sure', keyword, comment)];
}

function directiveSigns(directive: Directive): readonly DialectSign[] {
  switch (directive.kind) {
    case 'glob-include':
      return [sign(['netbsd'], 'sure', '.include', directive)];
    case 'ipsec-policy':
      return [sign(kame, 'sure', '#@', directive)];
    case 'section':
      return [sign(linux, 'weak', '#:NAME:', directive)];
    case 'default-bind':
      return directive.values.length > 1 ? [sign(withAddressLists, 'weak', 'address list', directive)] : [];
    case 'include':
    case 'includedir':
      return [];
  }
}

/** Collects the signs of one entry. */
class LineSigns {
  readonly found: DialectSign[] = [];

  /** A sign, if there is a place that shows it. */
  add(
    dialects: readonly Dialect[],
    strength: DialectSign['strength'],
    form: string,
    at: Range | null | undefined,
  ): void {
    if (at) this.found.push(sign(dialects, strength, form, at));
  }
}

/** Sure signs first, and those of HP-UX before a path that Solaris has too. */
function lineSigns(entry: LineEntry, source: SourceText): readonly DialectSign[] {
  const values = new EntryValues(entry);
  const signs = new LineSigns();
  signs.add(['netbsd'], 'sure', 'stream:filter', values.word('accept_filter'));
  signs.add(['netbsd'], 'sure', 'stream,N', values.word('accept_max'));
  signs.add(['netbsd'], 'sure', 'nowait:N', when(source, values.word('max_per_minute'), ':'));
  signs.add(['freebsd'], 'sure', 'nowait/N', values.word('max_child'));
  signs.add(['freebsd'], 'sure', 'user/class', values.word('login_class'));
  signs.add(['freebsd'], 'sure', ':user:group:mode:/path', values.word('socket_user'));
  signs.add(['freebsd'], 'sure', 'auth with options', authOptions(entry, values));
  signs.add(['dragonfly'], 'sure', 'tcp/ttcp', values.word('ttcp'));
  signs.add(
    ['hpux'],
    'sure',
    'rpc with numbers',
    entry.name?.text === 'rpc' ? values.word('rpc_number') : null,
  );
  signs.add(
    ['hpux'],
    'sure',
    'swait',
    values.text('wait_mode') === 'swait' ? values.word('wait_mode') : null,
  );
  signs.add(
    ['hpux'],
    'sure',
    'xti',
    values.text('socket_type') === 'xti' ? values.word('socket_type') : null,
  );
  signs.add(['aix'], 'sure', 'sunrpc_udp', matching(values, 'socket_type', /^sunrpc_/));
  signs.add(['solaris'], 'sure', 'tli', matching(values, 'socket_type', /^tli$/));
  signs.add(['solaris'], 'sure', 'rpc/datagram_v', values.word('nettype'));
  signs.add(
    ['solaris'],
    'sure',
    '/usr/lib/netsvc',
    matching(values, 'server', /^\/(?:usr\/lib\/netsvc|etc\/inet)\//),
  );

  signs.add(['freebsd', 'debian-openbsd'], 'strong', 'tcp46', matching(values, 'ip_version', /^46$/));
  signs.add(['netbsd', 'debian-openbsd'], 'strong', 'sndbuf', values.word('sndbuf') ?? values.word('rcvbuf'));
  signs.add(['gnu'], 'strong', 'tcp6only', matching(values, 'ip_version', /^6only$/));
  signs.add(['irix'], 'strong', '?/path', values.word('server_optional'));
  signs.add(['irix'], 'strong', 'wait/lc', matching(values, 'wait_mode', /\/lc$/));
  signs.add(['irix'], 'strong', 'version list', matching(values, 'rpc_version', /,/));
  signs.add(['sco'], 'strong', 'dgram/i', values.word('receive_interface'));
  signs.add(['interix'], 'strong', 'camp-', entry.disabled?.style === 'camp' ? entry.disabled : null);
  signs.add(
    ['ultrix'],
    'strong',
    'no user',
    entry.problems.find(({ code }) => code === 'missing-user'),
  );
  signs.add(['nonstop'], 'strong', 'processors', matching(values, 'server', /^\[[0-9,-]*\]$/));

  signs.add(linux, 'weak', '#<off>#', entry.disabled?.style === 'debian-off' ? entry.disabled : null);
  signs.add(linux, 'weak', 'tcpd', matching(values, 'server', /^\/usr\/sbin\/tcpd$/));
  const isTcpmux = values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');
  signs.add(['freebsd', 'netbsd', 'gnu'], 'weak', 'tcpmux', isTcpmux ? entry.name : null);
  signs.add(
    ['hpux', 'busybox'],
    'weak',
    'backslash',
    entry.between.find((each) => each.text === '\\'),
  );
  const hasList = (values.texts('bind')?.length ?? 0) > 1;
  signs.add(withAddressLists, 'weak', 'address list', hasList ? values.word('bind') : null);
  const separate = entry.problems.find(({ code }) => code === 'bind-separate-word');
  signs.add(['openbsd', 'debian-openbsd'], 'weak', 'addr: service', separate);
  return signs.found;
}

/** A value with this character in front of it. */
function when(source: SourceText, value: Range | undefined, before: string): Range | null {
  return value !== undefined && source.text[value.start - 1] === before ? value : null;
}

function matching(
  values: EntryValues,
  key: Parameters<EntryValues['word']>[0],
  pattern: RegExp,
): Range | null {
  const word = values.word(key);
  return word !== undefined && pattern.test(word.text) ? word : null;
}

/** FreeBSD's built-in ident service is the only one that takes any. */
function authOptions(entry: LineEntry, values: EntryValues): Range | null {
  const isAuth = entry.name?.text === 'auth' && values.types.has('INTERNAL');
  return isAuth && values.texts('argv')?.[1]?.startsWith('-') ? (values.word('argv') ?? null) : null;
}
