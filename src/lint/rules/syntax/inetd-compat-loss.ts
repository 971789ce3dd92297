import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { Analysis } from '../../analysis.ts';
import { wordAround } from '../../line.ts';
import { rangeOf, type ServiceView } from '../../service-view.ts';

/** What xinetd's reader of inetd.conf cannot take, by the attribute that it stands in. */
const attributeOfMessage: Readonly<Record<string, string>> = {
  'inetd-bad-socket-type': 'socket_type',
  'inetd-unknown-protocol': 'protocol',
  'inetd-bad-wait': 'wait',
  'inetd-unknown-user': 'user',
  'inetd-unknown-group': 'group',
  'inetd-discard': 'name',
};

/** A line of inetd.conf that xinetd does not run as it is written. */
export interface CompatLoss {
  /** The word that it cannot take. */
  readonly at: Range;
  /** Whether it runs the service all the same. */
  readonly isKept: boolean;
}

/**
 * What xinetd loses of a line that inetd can read: it knows no dialects, no limits, no addresses and no RPC. A name that
 * only its services file could tell is another rule's matter, and so is a port that is taken.
 */
export function compatLoss(view: ServiceView, analysis: Analysis): CompatLoss | undefined {
  const fate = analysis.fateOf(view.entry, view.source);
  const at = (attribute: string) => wordAround(rangeOf(view, attribute), view.source);
  if (fate.kind === 'runs') {
    return waitComplaints(view.source, analysis).has(view.entry.start)
      ? { at: at('wait'), isKept: true }
      : undefined;
  }
  if (fate.kind !== 'dropped' || fate.entry.cause !== 'fault') return undefined;
  const [reason] = fate.entry.reasons;
  // Lines of RPC services are lost without a word.
  if (reason === undefined) return { at: at('rpc_version'), isKept: false };
  const attribute = attributeOfMessage[reason.code];
  const isNameless = view.port !== null || view.bind !== null;
  if (attribute === undefined && !isNameless) return undefined;
  return { at: at(attribute ?? 'name'), isKept: false };
}

/** Where lines begin of whose wait word the daemon complains; looked for once, whatever their number. */
const complaints = new WeakMap<Analysis, ReadonlySet<number>>();

function waitComplaints(source: SourceText, analysis: Analysis): ReadonlySet<number> {
  let starts = complaints.get(analysis);
  if (starts === undefined) {
    const readable = analysis.fileOf(source)?.readable;
    starts = new Set(
      analysis.configuration.diagnostics.flatMap(({ code, location }) =>
        code === 'inetd-bad-wait' && location?.source === readable ? [location?.range.start ?? 0] : [],
      ),
    );
    complaints.set(analysis, starts);
  }
  return starts;
}
