import type { AssignmentOperator, Word } from '../ast/nodes.ts';
import type { Section } from '../catalog/attribute.ts';
import type { Location } from '../diagnostics/diagnostic.ts';
import { NameSet, NameTable } from './name-table.ts';
import type { Place } from './report.ts';
import type {
  AccessItem,
  Account,
  AddressFamily,
  ByteCount,
  LogDestination,
  ModelDiagnostic,
  Origin,
  ResourceLimit,
  Service,
  SocketOwner,
  SocketType,
  SwitchedOff,
  TimeInterval,
  UserAccount,
} from './service.ts';

/** `NAME OP VALUES` as the profile reads it. */
export interface AttributeLine {
  /** As spelled. */
  readonly name: string;
  readonly operator: AssignmentOperator;
  readonly values: readonly Word[];
  readonly place: Place;
}

/** What an entry says so far, typed; null where nothing was said. */
export interface DraftValues {
  id: string | null;
  types: Set<string>;
  flags: Set<string>;
  socketType: SocketType | null;
  protocol: { readonly name: string; readonly number: number } | null;
  port: number | null;
  wait: boolean | null;
  user: UserAccount | null;
  group: Account | null;
  groups: boolean | null;
  umask: number | null;
  nice: number | null;
  server: string | null;
  /** `holdsName`: the first word is argv[0]. */
  serverArguments: { readonly words: readonly string[]; readonly holdsName: boolean } | null;
  redirect: { readonly host: string; readonly address: string; readonly port: number } | null;
  bind: BindValue | null;
  /** Filled in when the entry is complete. */
  bindAddress: string | null;
  family: AddressFamily | null;
  isFamilyGiven: boolean;
  v6only: boolean | null;
  onlyFrom: readonly AccessItem[] | null;
  noAccess: readonly AccessItem[] | null;
  accessTimes: readonly TimeInterval[] | null;
  instances: number | 'unlimited' | null;
  perSource: number | 'unlimited' | null;
  cps: { readonly rate: number; readonly pause: number } | null;
  maxLoad: number | null;
  denyTime: number | null;
  libwrap: string | null;
  logType: LogDestination | null;
  logOnSuccess: Set<string> | null;
  logOnFailure: Set<string> | null;
  env: readonly string[];
  passenv: readonly string[] | null;
  banner: string | null;
  bannerSuccess: string | null;
  bannerFail: string | null;
  rpcNumber: number | null;
  rpcVersion: { readonly low: number; readonly high: number } | null;
  rlimits: Partial<Record<ResourceLimit, ByteCount | 'unlimited'>>;
  enabled: readonly string[] | null;
  disabled: readonly string[] | null;
  unixPath: string | null;
  unixOwner: SocketOwner | null;
  maxPerMinute: number | null;
  maxPerMinutePerSource: number | null;
  maxChildren: number | null;
  sendBuffer: number | null;
  receiveBuffer: number | null;
}

/** The address to listen on. `addresses` holds more than one while the family that chooses is not known. */
export interface BindValue {
  readonly text: string;
  readonly addresses: readonly string[];
}

/** A reason why an entry (or what it covers) cannot run, with the attribute that is lost by it. */
export interface Fault {
  /** Catalogue name; null when nobody can know what was meant. */
  readonly attribute: string | null;
  readonly diagnostic: ModelDiagnostic;
}

/** An entry while it is being read, filled and checked. */
export interface Draft {
  readonly section: Section;
  /** Null for `defaults`. */
  readonly name: string | null;
  readonly syntax: Service['syntax'];
  location: Location;
  /** Attributes that count as given, by catalogue name. */
  readonly given: NameSet;
  /** Attributes whose inherited value the entry has replaced, so that it no longer matters. */
  readonly replaced: string[];
  readonly values: DraftValues;
  readonly origins: NameTable<readonly Origin[]>;
  /** Lists that no other draft holds; undefined until there is one. */
  ownLists: Set<readonly unknown[]> | undefined;
  /** An entry of inetd.conf to which the daemon gives no id: it prints `(null)`, and comparing ids crashes. */
  lacksId: boolean;
  /** The bit that `disable` and every attribute error share in the daemon. */
  isDisabled: boolean;
  /** What the administrator switched it off with; null when nobody did, whatever faults it has. */
  switchedOff: SwitchedOff | null;
  readonly faults: Fault[];
}

export function newDraft(
  section: Section,
  name: string | null,
  syntax: Service['syntax'],
  location: Location,
): Draft {
  return {
    section,
    name,
    syntax,
    location,
    given: new NameSet(),
    replaced: [],
    values: emptyValues(),
    origins: new NameTable(),
    ownLists: undefined,
    lacksId: false,
    isDisabled: false,
    switchedOff: null,
    faults: [],
  };
}

/** The id under which an entry is known in messages and lists. */
export function idOf(draft: Draft): string {
  if (draft.lacksId) return '(null)';
  return draft.values.id ?? draft.name ?? '';
}

/** The name as the daemon prints it, which has none for `defaults`. */
export function nameOf(draft: Draft): string {
  return draft.name ?? '(null)';
}

function emptyValues(): DraftValues {
  return {
    id: null,
    types: new Set(),
    flags: new Set(),
    socketType: null,
    protocol: null,
    port: null,
    wait: null,
    user: null,
    group: null,
    groups: null,
    umask: null,
    nice: null,
    server: null,
    serverArguments: null,
    redirect: null,
    bind: null,
    bindAddress: null,
    family: null,
    isFamilyGiven: false,
    v6only: null,
    onlyFrom: null,
    noAccess: null,
    accessTimes: null,
    instances: null,
    perSource: null,
    cps: null,
    maxLoad: null,
    denyTime: null,
    libwrap: null,
    logType: null,
    logOnSuccess: null,
    logOnFailure: null,
    env: [],
    passenv: null,
    banner: null,
    bannerSuccess: null,
    bannerFail: null,
    rpcNumber: null,
    rpcVersion: null,
    rlimits: {},
    enabled: null,
    disabled: null,
    unixPath: null,
    unixOwner: null,
    maxPerMinute: null,
    maxPerMinutePerSource: null,
    maxChildren: null,
    sendBuffer: null,
    receiveBuffer: null,
  };
}
