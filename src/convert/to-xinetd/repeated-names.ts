import type { PlaceReport } from '../diagnostic.ts';
import { type Share, shareSockets } from '../from-inetd/shared-sockets.ts';
import { UniqueNames } from '../unique-names.ts';
import type { EntryPlan } from './entry-plan.ts';
import type { RepeatedEntry } from './repeated-entry.ts';

/**
 * Settles what entries of one name need: of two that listen on the same place the second gets what is left of the
 * clients or is switched off, because xinetd refuses it, and each gets an id, so that `enabled` and `disabled` lists can
 * tell them apart. Built-in services always have one. `names` are those of all entries: without an id an entry goes by its
 * name.
 */
export function settleRepeatedNames(
  entries: readonly RepeatedEntry[],
  names: ReadonlySet<string>,
  reportAt: (line: number) => PlaceReport,
): void {
  const counts = countOf(entries.map(({ name }) => name));
  const needy = entries.filter(({ plan, name }) => plan.isInternal || (counts.get(name) ?? 0) > 1);
  if (needy.length === 0) return;
  shareClients(needy, reportAt);
  assignIds(needy, names);
}

function shareClients(entries: readonly RepeatedEntry[], reportAt: (line: number) => PlaceReport): void {
  const enabled = entries.filter(({ isDisabled }) => !isDisabled);
  const placeOf = perPlan((plan) => [plan.protocol, plan.bind, plan.serviceType, plan.rpcVersion].join('\n'));
  const shares = shareSockets(
    enabled.map(({ plan, name, line }) => ({
      place: `${name}\n${placeOf(plan)}`,
      family: plan.bind === null ? plan.family : null,
      isPlain: plan.protocolToken === plan.protocol,
      line,
    })),
    ({ line }) => reportAt(line),
  );
  for (const [at, entry] of enabled.entries()) settle(entry, shares[at] ?? 'all');
}

function settle(entry: RepeatedEntry, share: Share): void {
  if (share === 'nothing') entry.isDisabled = true;
  else if (share !== 'all') entry.family = share;
}

/** As short as possible: the protocol, the address where that does not do, then a number. */
function assignIds(needy: readonly RepeatedEntry[], names: ReadonlySet<string>): void {
  const ids = new UniqueNames(names);
  for (const { name } of needy) ids.release(name);
  const shortIds = needy.map(
    ({ name, plan }) => `${name}-${plan.isInternal ? plan.socketType : plan.protocolToken}`,
  );
  const counts = countOf(shortIds);
  for (const [at, entry] of needy.entries()) {
    const short = shortIds[at] ?? entry.name;
    const { bind } = entry.plan;
    entry.id = ids.claim(bind !== null && (counts.get(short) ?? 0) > 1 ? `${short}-${bind}` : short);
  }
}

function countOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Computes something of each plan once: many entries have one in common. */
function perPlan(compute: (plan: EntryPlan) => string): (plan: EntryPlan) => string {
  const known = new Map<EntryPlan, string>();
  return (plan) => {
    let value = known.get(plan);
    if (value === undefined) {
      value = compute(plan);
      known.set(plan, value);
    }
    return value;
  };
}
