import type { LineEntry, PairsEntry, Problem, TopLevel } from '../../ast/nodes.ts';
import type { DialectChoice } from '../../catalog/inetd-dialects.ts';
import { adviseOnEntry } from './entry-advice.ts';
import { EntryValues } from './entry-values.ts';
import { isLost, problem } from './problems.ts';

export interface AdviceOptions {
  /** Asks the services database; without it names are not checked. */
  readonly isKnownService?: ((name: string, protocol: string) => boolean) | undefined;
}

/** A problem with the entry that it is about. */
export interface Advice {
  readonly entry: LineEntry | PairsEntry;
  readonly problem: Problem;
}

/**
 * What is wrong with entries that can be read well: words that do not go together, and entries that stand in each other's
 * way. Those that are lost or switched off are left out.
 */
export function advise(
  nodes: readonly TopLevel[],
  dialect: DialectChoice,
  options: AdviceOptions = {},
): readonly Advice[] {
  const advice: Advice[] = [];
  const served: Served[] = [];
  let defaultBind = '*';
  for (const node of nodes) {
    if (node.type === 'Directive' && node.kind === 'default-bind') {
      defaultBind = node.values.map((value) => value.text).join(',');
    }
    if (node.type !== 'Entry' || node.syntax === 'block') continue;
    if (node.disabled !== null || isLost(node.problems)) continue;
    const values = new EntryValues(node);
    const own = adviseOnEntry(node, values, dialect, options);
    for (const problem of own) advice.push({ entry: node, problem });
    if (!isLost(own)) served.push({ entry: node, values, identity: identity(node, values, defaultBind) });
  }
  const orphans = needsTcpmuxMaster(dialect) ? orphanedTcpmux(served) : [];
  return [...advice, ...duplicates(served), ...orphans];
}

interface Served {
  readonly entry: LineEntry | PairsEntry;
  readonly values: EntryValues;
  /** What daemons know an entry by: two of one identity are one service. */
  readonly identity: string;
}

function identity(entry: LineEntry | PairsEntry, values: EntryValues, defaultBind: string): string {
  const kind = values.types.has('RPC') ? 'rpc' : isTcpmuxClient(values) ? 'tcpmux' : '';
  const socket = values.text('protocol') === 'unix' ? '' : (values.texts('bind')?.join(',') ?? defaultBind);
  return [
    kind,
    values.text('rpc_number') ?? entry.name?.text ?? '',
    `${values.text('protocol') ?? ''}${values.text('ip_version') ?? ''}`,
    kind === 'tcpmux' ? '' : socket,
  ].join('\0');
}

function duplicates(served: readonly Served[]): readonly Advice[] {
  const seen = new Set<string>();
  const advice: Advice[] = [];
  for (const { entry, identity } of served) {
    if (seen.has(identity)) {
      const message = `'${entry.name?.text ?? ''}' stands above with the same protocol and address: the last one wins`;
      advice.push({ entry, problem: problem('duplicate', entry.name ?? entry, message) });
    }
    seen.add(identity);
  }
  return advice;
}

function isTcpmuxClient(values: EntryValues): boolean {
  return values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');
}

/** Whether an entry is the built-in service that makes those of tcpmux reachable. */
export function isTcpmuxMaster({ name }: LineEntry | PairsEntry, { types }: EntryValues): boolean {
  return name?.text === 'tcpmux' && types.has('INTERNAL');
}

/** GNU opens the tcpmux port by itself. */
function needsTcpmuxMaster(dialect: DialectChoice): boolean {
  return dialect === 'auto' || dialect === 'freebsd' || dialect === 'dragonfly' || dialect === 'netbsd';
}

function orphanedTcpmux(served: readonly Served[]): readonly Advice[] {
  if (served.some(({ entry, values }) => isTcpmuxMaster(entry, values))) return [];
  const message = "no entry 'tcpmux stream tcp nowait root internal' makes it reachable";
  return served
    .filter(({ values }) => isTcpmuxClient(values))
    .map(({ entry }) => ({ entry, problem: problem('tcpmux-no-master', entry.name ?? entry, message) }));
}
