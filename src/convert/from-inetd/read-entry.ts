import type { LineEntry } from '../../ast/nodes.ts';
import type { SocketOwner } from '../../model/service.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { type Rejection, rejection } from '../rejection.ts';
import type { InetdDialect } from './dialect-names.ts';
import type { InetdLimits, InetdService, ServiceKind } from './inetd-service.ts';
import { readAccount } from './read-account.ts';
import { readProblems } from './read-problems.ts';
import type { ReadingState } from './reading-state.ts';
import { type Values, valuesOf } from './values.ts';

/** Reads an entry of inetd.conf from its attributes, or says why it has no meaning to carry over. */
export function readEntry(
  entry: LineEntry,
  text: string,
  state: ReadingState,
  report: PlaceReport,
): InetdService | Rejection {
  const rejected = readProblems(entry, report);
  if (rejected !== null) return rejected;
  const values = valuesOf(entry.attributes);
  const limits = readLimits(values);
  const wait = values.first('wait') === 'yes';
  if (limits.children !== null && wait && state.dialect !== 'freebsd') {
    return rejection('bad-wait', 'wait with a number behind a slash is nowait to this inetd');
  }
  const kind = kindOf(values);
  const name = kind === 'unix' ? (values.first('socket_path') ?? '') : (entry.name?.text ?? '');
  if (name === '') return rejection('missing-field', 'the service has no name');
  const server = values.first('server') ?? '';
  reportLostWords(values, report);
  return {
    kind,
    name,
    addresses: kind === 'unix' ? [] : addressesOf(values, state.defaultAddresses),
    socketType: values.first('socket_type') ?? '',
    protocol: values.first('protocol') ?? '',
    ipVersion: ipVersionOf(values.first('ip_version')),
    rpcVersion: readRpcVersion(entry, values, state, report),
    wait,
    ...readAccount(entry.attributes, text, state.names, report),
    server,
    isInternal: server === 'internal',
    argv: values.all('argv'),
    limits,
    socket: {
      sendBuffer: values.first('sndbuf') ?? null,
      receiveBuffer: values.first('rcvbuf') ?? null,
      owner: kind === 'unix' ? readOwner(values, state.dialect) : null,
    },
    isDisabled: entry.disabled !== null,
  };
}

function kindOf(values: Values): ServiceKind {
  const types = values.all('type');
  if (values.first('socket_path') !== undefined) return 'unix';
  if (types.includes('RPC')) return 'rpc';
  if (types.includes('TCPMUX')) return 'tcpmux';
  return types.includes('TCPMUXPLUS') ? 'tcpmuxplus' : 'listed';
}

/** `*` among the addresses takes them all; an address of the line wins over the default one. */
function addressesOf(values: Values, defaults: readonly string[]): readonly string[] {
  const own = values.all('bind');
  const addresses = own.length > 0 ? own : defaults;
  return addresses.includes('*') ? [] : addresses;
}

function ipVersionOf(suffix: string | undefined): InetdService['ipVersion'] {
  return suffix === '4' || suffix === '6' || suffix === '46' || suffix === '6only' ? suffix : '';
}

function readRpcVersion(
  entry: LineEntry,
  values: Values,
  { dialect }: ReadingState,
  report: PlaceReport,
): string | null {
  const version = values.first('rpc_version');
  if (version === undefined) return null;
  const isWritten = entry.fields.some((word) => word.text.endsWith(`/${version}`));
  if (dialect === 'freebsd' && !isWritten) {
    report.info('rpc-version-default', 'no version in the line: FreeBSD takes version 1');
  }
  return version;
}

function readLimits(values: Values): InetdLimits {
  const perMinute = values.number('max_per_minute');
  return {
    // 0 is the default rate to the inetds of Debian and GNU (observed), as no number is.
    perMinute: perMinute === 0 ? null : perMinute,
    children: values.number('max_child') ?? values.number('accept_max'),
    perMinutePerSource: values.number('max_connections_per_ip_per_minute'),
    childrenPerSource: values.number('max_child_per_ip'),
  };
}

/** FreeBSD lets nobody but the owner connect unless the line says otherwise; others let everybody. */
function readOwner(values: Values, dialect: InetdDialect): SocketOwner {
  const mode = values.first('socket_mode');
  return {
    user: values.first('socket_user') ?? null,
    group: values.first('socket_group') ?? null,
    mode: mode === undefined ? (dialect === 'freebsd' ? 0o200 : 0o666) : Number.parseInt(mode, 8),
  };
}

/** Words that neither xinetd nor systemd has a counterpart for. */
function reportLostWords(values: Values, report: PlaceReport): void {
  const loginClass = values.first('login_class');
  if (loginClass !== undefined) report.warning('login-class-lost', `login class ${loginClass}`);
  const filter = values.first('accept_filter');
  if (filter !== undefined) report.warning('accept-filter-lost', `accept filter ${filter}`);
}
