import type { AssignmentOperator, Attribute, BlockEntry } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { NeutralError } from '../inetd/neutral.ts';
import type { NeutralRpc } from '../inetd/neutral-entry.ts';
import { rpcVersions } from '../inetd/rpc-versions.ts';
import { type ParseResult, problemsOf } from '../result.ts';

/** An xinetd.conf file in the form that `neutralFile` gives an inetd.conf: as it is written, nothing resolved. */
export interface NeutralXinetdFile {
  readonly entries: readonly NeutralService[];
  readonly errors: readonly NeutralError[];
  readonly directives: readonly NeutralInclude[];
}

export interface NeutralInclude {
  readonly line: number;
  readonly kind: 'include' | 'includedir';
  readonly pattern: string;
}

/** A service; what is undefined is not said by the entry. Fields that inetd.conf has too mean what they mean there. */
export interface NeutralService {
  readonly line: number;
  readonly endLine: number | undefined;
  readonly syntax: 'block';
  readonly service: string;
  readonly id: string | undefined;
  readonly port: number | undefined;
  readonly bind: readonly string[] | undefined;
  readonly socketType: string | undefined;
  readonly protocol: string | undefined;
  readonly ipVersion: '4' | '6' | '46' | undefined;
  readonly rpc: NeutralRpc | undefined;
  readonly tcpmux: 'plain' | 'plus' | undefined;
  readonly wait: boolean | undefined;
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly server: string | undefined;
  readonly internal: true | undefined;
  /** argv[0] included. */
  readonly args: readonly string[];
  readonly disabled: { readonly style: 'attribute' } | undefined;
  /** What inetd.conf has no field for. */
  readonly attributes: readonly NeutralAttribute[] | undefined;
}

export interface NeutralAttribute {
  readonly line: number;
  readonly name: string;
  readonly operator: AssignmentOperator;
  readonly values: readonly string[];
}

/** Services in file order; those with a fault of syntax, which the daemon drops, are among the errors only. */
export function neutralXinetdFile(parsed: ParseResult): NeutralXinetdFile {
  const { source, file } = parsed;
  const entries: NeutralService[] = [];
  const directives: NeutralInclude[] = [];
  for (const node of file.children) {
    if (node.type === 'Entry' && node.syntax === 'block') {
      if (node.kind === 'service' && node.problems.length === 0) entries.push(neutralService(node, source));
    } else if (node.type === 'Directive' && (node.kind === 'include' || node.kind === 'includedir')) {
      const [pattern] = node.values;
      const line = source.lineAt(node.start);
      if (pattern !== undefined) directives.push({ line, kind: node.kind, pattern: pattern.text });
    }
  }
  const errors = problemsOf(file).map(({ start, severity, message, code }) => ({
    line: source.lineAt(start),
    severity,
    reason: message,
    code,
  }));
  return { entries, errors, directives };
}

function neutralService(entry: BlockEntry, source: SourceText): NeutralService {
  const values = new BlockValues(entry, source);
  const types = values.keywords('type');
  const isInternal = types.has('INTERNAL');
  const line = source.lineAt(entry.start);
  const endLine = source.lineAt(entry.end - 1);
  const server = values.text('server');
  const bind = values.text('bind') ?? values.text('interface');
  const service = entry.name?.text ?? '';
  return {
    line,
    endLine: endLine === line ? undefined : endLine,
    syntax: 'block',
    service,
    id: values.text('id'),
    port: values.number('port'),
    bind: bind === undefined ? undefined : [bind],
    socketType: values.text('socket_type'),
    protocol: values.text('protocol'),
    ipVersion: ipVersion(values),
    rpc: types.has('RPC') ? rpc(values, service) : undefined,
    tcpmux: types.has('TCPMUX') ? 'plain' : types.has('TCPMUXPLUS') ? 'plus' : undefined,
    wait: values.isYes('wait'),
    user: values.text('user'),
    group: values.text('group'),
    server: isInternal ? 'internal' : server,
    internal: isInternal || undefined,
    args: argv(values, isInternal ? undefined : server),
    disabled: values.isYes('disable') ? { style: 'attribute' } : undefined,
    attributes: values.others(),
  };
}

/** Two families make one socket for both. */
function ipVersion(values: BlockValues): NeutralService['ipVersion'] {
  const flags = values.keywords('flags');
  if (flags.has('IPV6')) return values.isYes('v6only') ? '6' : '46';
  return flags.has('IPV4') ? '4' : undefined;
}

function rpc(values: BlockValues, service: string): NeutralRpc {
  const versions = rpcVersions(values.text('rpc_version') ?? '');
  const { low, high, list } = versions ?? { low: 0, high: 0, list: null };
  return { program: values.number('rpc_number') ?? service, low, high, list: list ?? undefined };
}

/** With NAMEINARGS the arguments begin with argv[0], else it is the last part of the path. */
function argv(values: BlockValues, server: string | undefined): readonly string[] {
  const words = values.all('server_args');
  if (server === undefined || values.keywords('flags').has('NAMEINARGS')) return words;
  return [server.slice(server.lastIndexOf('/') + 1), ...words];
}

/** Attributes of an entry by name; where one that cannot be given twice is, the first one counts. */
class BlockValues {
  readonly #attributes = new Map<string, Attribute>();
  readonly #used = new Set<string>();
  readonly #entry: BlockEntry;
  readonly #source: SourceText;

  constructor(entry: BlockEntry, source: SourceText) {
    this.#entry = entry;
    this.#source = source;
    for (const attribute of entry.attributes) {
      if (!this.#attributes.has(attribute.key)) this.#attributes.set(attribute.key, attribute);
    }
  }

  all(key: string): readonly string[] {
    this.#used.add(key);
    return this.#words(key);
  }

  text(key: string): string | undefined {
    return this.all(key)[0];
  }

  number(key: string): number | undefined {
    const text = this.text(key);
    return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** Whether keywords are there, in either case; what else stands beside them is not told by asking. */
  keywords(key: string): ReadonlySet<string> {
    return new Set(this.#words(key).map((word) => word.toUpperCase()));
  }

  isYes(key: string): boolean | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : text.toLowerCase() === 'yes';
  }

  /** Attributes of which no value has been told. */
  others(): readonly NeutralAttribute[] | undefined {
    const others = this.#entry.attributes.filter(({ key }) => !this.#used.has(key));
    if (others.length === 0) return undefined;
    return others.map((attribute) => ({
      line: this.#source.lineAt(attribute.start),
      name: attribute.key,
      operator: attribute.operator?.operator ?? 'set',
      values: attribute.values.map((value) => value.text),
    }));
  }

  #words(key: string): readonly string[] {
    return this.#attributes.get(key)?.values.map((value) => value.text) ?? [];
  }
}
