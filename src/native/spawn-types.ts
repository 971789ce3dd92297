/** The resources of setrlimit(2). */
export type ResourceName =
  | 'as'
  | 'core'
  | 'cpu'
  | 'data'
  | 'fsize'
  | 'memlock'
  | 'nofile'
  | 'nproc'
  | 'rss'
  | 'stack';

/** Infinity stands for RLIM_INFINITY. Units as in setrlimit(2): bytes, seconds for `cpu`, counts for the others. */
export interface ResourceLimit {
  readonly soft: number;
  readonly hard: number;
}

/**
 * Everything about a server program that is the same for each of its instances. Texts have a character for each byte: what
 * a configuration or the environment holds reaches the server as it is, whatever its encoding.
 */
export interface SpawnPlan {
  /** Absolute path of the program; no PATH search. */
  readonly path: string;
  /** argv[0] included. */
  readonly argv: readonly string[];
  /** `NAME=value` words in the order the server shall see them. */
  readonly env: readonly string[];
  /** Working directory, entered with the server's credentials. */
  readonly cwd: string;
  /** null keeps the daemon's. A given user also drops every capability unless it is 0. */
  readonly uid: number | null;
  readonly gid: number | null;
  /** Supplementary groups: null keeps the daemon's, [] clears them. */
  readonly groups: readonly number[] | null;
  /** null keeps the daemon's. */
  readonly umask: number | null;
  /** Increment as for nice(2), applied while still privileged; null or 0 changes nothing. */
  readonly nice: number | null;
  /** Applied while still privileged, in this order. */
  readonly limits: readonly (ResourceLimit & { readonly resource: ResourceName })[];
  /** Start a session of its own. */
  readonly setsid: boolean;
}

/** One instance of a plan. */
export interface SpawnRequest {
  /** What compilePlan returned. */
  readonly plan: number;
  /** Comes back in the `spawned` or `spawn-failed` event: any number. */
  readonly token: number;
  /** Descriptors for 0, 1 and 2; -1 is /dev/null. They may be equal. */
  readonly stdio: readonly [number, number, number];
  /**
   * Descriptor that is closed in the daemon once the server runs (-1: none): the connection of a wait=no service. When
   * starting fails it stays open and the caller's, for a message or another try.
   */
  readonly close: number;
  /** Words put behind the plan's environment, at most 16; UTF-8, unlike the plan's. Names must not occur there. */
  readonly env: readonly string[];
}

/**
 * How far a server that could not be started got, in the order of the steps (native/src/child.h counts them). `fork` also
 * stands for a start that was cancelled; `killed`: a signal ended it before exec.
 */
export const spawnSteps = [
  'fork',
  'stdio',
  'rlimit',
  'nice',
  'setsid',
  'groups',
  'gid',
  'uid',
  'capabilities',
  'regain',
  'umask',
  'cwd',
  'signals',
  'exec',
  'killed',
] as const;

export type SpawnStep = (typeof spawnSteps)[number];
