import type { LineEntry, PairsEntry, Problem } from '../../ast/nodes.ts';
import type { DialectChoice } from '../../catalog/inetd-dialects.ts';
import type { Range } from '../../text/range.ts';
import type { AdviceOptions } from './advice.ts';
import { builtinOfAlias, isBuiltin } from './builtin-services.ts';
import type { EntryValues } from './entry-values.ts';
import { type InetdProblemCode, problem } from './problems.ts';

/** What is wrong with one entry whose words can all be read. */
export function adviseOnEntry(
  entry: LineEntry | PairsEntry,
  values: EntryValues,
  dialect: DialectChoice,
  options: AdviceOptions,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (code: InetdProblemCode, at: Range | undefined, message: string): void => {
    problems.push(problem(code, at ?? entry, message));
  };
  const name = entry.name?.text ?? '';
  const socketType = values.text('socket_type') ?? '';
  const protocol = values.text('protocol') ?? '';
  const waits = values.text('wait') === 'yes';
  const isTcpmux = values.types.has('TCPMUX') || values.types.has('TCPMUXPLUS');

  if (values.types.has('INTERNAL')) {
    const official = builtinOfAlias(name);
    if (official !== undefined) {
      report(
        'internal-alias',
        entry.name ?? undefined,
        `only FreeBSD knows ${official} by the alias '${name}'`,
      );
    } else if (!isBuiltin(name)) {
      report('unknown-internal', entry.name ?? undefined, `no daemon has a built-in service '${name}'`);
    }
    if ((socketType === 'stream' && waits) || (socketType === 'dgram' && !waits)) {
      const needed = waits ? 'nowait' : 'wait';
      report(
        'internal-wait',
        values.word('wait'),
        `busybox needs ${needed} here; the others do as if it stood here`,
      );
    }
  } else {
    if (socketType === 'dgram' && !waits && !isTcpmux && dialect !== 'busybox') {
      report(
        'dgram-nowait',
        values.word('wait'),
        'one server is started for each wake-up, all on the same socket',
      );
    }
    if (!values.has('argv'))
      report('no-argv0', values.word('server'), 'argv[0] is missing: daemons differ in what they pass');
    if (!values.text('server')?.startsWith('/') && dialect !== 'busybox') {
      report(
        'relative-server',
        values.word('server'),
        'the path is not absolute, and only busybox searches PATH',
      );
    }
    if (isUnknown(entry, values, options)) {
      report('unknown-service', entry.name ?? undefined, `'${name}' is not in the services database`);
    }
  }
  if (isTcpmux && waits) report('tcpmux-wait', values.word('wait'), 'a tcpmux service is always nowait');
  if ((socketType === 'stream' && protocol === 'udp') || (socketType === 'dgram' && protocol === 'tcp')) {
    report('type-proto-mismatch', values.word('protocol'), `${socketType} does not go with ${protocol}`);
  }
  if (/^[0-9]+$/.test(values.text('user') ?? '')) {
    report(
      'numeric-user',
      values.word('user'),
      'users are looked up by name: a number works only if it is one',
    );
  }
  return problems;
}

/**
 * Only Internet services with a name of their own are looked up. One called `on` or `off`, words of the syntax, is surely in
 * the database of who writes it.
 */
function isUnknown(entry: LineEntry | PairsEntry, values: EntryValues, options: AdviceOptions): boolean {
  const name = entry.name?.text ?? '';
  const protocol = values.text('protocol') ?? '';
  if (options.isKnownService === undefined || values.types.size > 0 || /^(?:[0-9]*|on|off)$/.test(name))
    return false;
  if (values.has('socket_path') || values.text('socket_type') === 'tli') return false;
  return !options.isKnownService(name, protocol);
}
