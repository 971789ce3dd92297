import { PlaceReport, type Report } from '../diagnostic.ts';
import { shareSockets } from '../from-inetd/shared-sockets.ts';
import { UniqueNames } from '../unique-names.ts';
import type { EntryPlan } from './entry-plan.ts';

/**
 * Settles what entries of one name need: of two that listen on the same place the second gets what is left of the
 * clients or is switched off, because xinetd refuses it, and each gets an id, so that `enabled` and `disabled` lists can tell them apart. Built-in services always
 * have one. `names` are those of all entries: without an id an entry goes by its name.
 */
export function settleRepeatedNames(
  plans: readonly EntryPlan[],
  names: ReadonlySet<string>,
  file: string,
  report: Report,
): void {
  const counts = countOf(plans, (plan) => plan.name);
  const needy = plans.filter((plan) => plan.isInternal || (counts.get(plan.name) ?? 0) > 1);
  if (needy.length === 0) return;
  shareClients(needy, file, report);
  assignIds(needy, names);
}

function shareClients(plans: readonly EntryPlan[], file: string, report: Report): void {
  const enabled = plans.filter(({ isDisabled }) => !isDisabled);
  const shares = shareSockets(
    enabled.map((plan) => ({
      place: [plan.name, plan.protocol, plan.bind, plan.serviceType, plan.rpcVersion].join('\n'),
      family: plan.bind === null ? plan.family : null,
      isPlain: plan.protocolToken === plan.protocol,
      line: plan.line,
      report: new PlaceReport(report, { file, line: plan.line }),
    })),
  );
  for (const [at, plan] of enabled.entries()) {
    const share = shares[at] ?? 'all';
    if (share === 'nothing') plan.isDisabled = true;
    else if (share !== 'all') plan.family = share;
  }
}

/** As short as possible: the protocol, the address where that does not do, then a number. */
function assignIds(needy: readonly EntryPlan[], names: ReadonlySet<string>): void {
  const ids = new UniqueNames(names);
  for (const { name } of needy) ids.release(name);
  const counts = countOf(needy, shortestId);
  for (const plan of needy) {
    const short = shortestId(plan);
    const isShared = (counts.get(short) ?? 0) > 1;
    plan.id = ids.claim(isShared && plan.bind !== null ? `${short}-${plan.bind}` : short);
  }
}

function shortestId(plan: EntryPlan): string {
  return `${plan.name}-${plan.isInternal ? plan.socketType : plan.protocolToken}`;
}

function countOf(plans: readonly EntryPlan[], key: (plan: EntryPlan) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const plan of plans) counts.set(key(plan), (counts.get(key(plan)) ?? 0) + 1);
  return counts;
}
