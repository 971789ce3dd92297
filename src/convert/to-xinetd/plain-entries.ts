import type { NewEntry } from '../../ast/new-entry.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import type { PlainLine } from '../from-inetd/inetd-item.ts';
import type { LineKind, Remark } from '../from-inetd/line-kinds.ts';
import { serviceOfPlainLine } from '../from-inetd/read-text.ts';
import { isRejection } from '../rejection.ts';
import type { EntryPlan } from './entry-plan.ts';
import { planEntries, type XinetdTarget } from './plan-entries.ts';
import type { RepeatedEntries } from './repeated-entry.ts';
import { type Server, serverOf } from './server.ts';
import { SharedPlan } from './shared-plan.ts';
import { UnknownService } from './unknown-service.ts';

const silence = () => {};

/**
 * Converts plain lines: the first of a kind is planned as any other entry, and its plan serves for all. Planning 100,000
 * entries one by one takes three times as long.
 */
export class PlainEntries {
  readonly #target: XinetdTarget;
  readonly #report: Report;
  readonly #silent = new PlaceReport(silence, { file: '', line: 0 });
  /** By kind, and there by what else decides; null where there is more to say of an entry. */
  readonly #plans = new Map<LineKind, (SharedPlan | null | undefined)[]>();

  constructor(target: XinetdTarget, report: Report) {
    this.#target = target;
    this.#report = report;
  }

  /** The entry of a line, with what was settled where its name is `repeated`; null for a line that is to be planned by itself. */
  convert(line: PlainLine, repeated: RepeatedEntries): NewEntry | null {
    const server = this.#serverOf(line);
    const shared = server === null ? null : this.#sharedBy(line, server);
    if (server === null || shared === null) return null;
    for (const remark of shared.remarks) this.#say(remark, line);
    const { name, kind } = line;
    const [settled] = repeated.take(line.line);
    const values: string[] = [];
    if (settled !== undefined && settled.id !== null) values.push(settled.id);
    if (kind.isNumber) values.push(name);
    values.push(server.path);
    if (server.args !== '') values.push(server.args);
    return { type: 'NewEntry', name, form: shared.form(settled), values };
  }

  /** The plan that a line shares with others in all but its name, port and server; null for a line that is to be planned by itself. */
  planOf(line: PlainLine): EntryPlan | null {
    const server = this.#serverOf(line);
    return server === null ? null : (this.#sharedBy(line, server)?.plan ?? null);
  }

  #serverOf({ kind, server, args, addresses }: PlainLine): Server | null {
    if (args === '' || (addresses.length > 0 && !kind.hasAddress)) return null;
    return serverOf(server, args, this.#target.daemonDir, this.#silent);
  }

  #say(remark: Remark | null, { name, kind, source, line }: PlainLine): void {
    const place = { file: source.path, line };
    this.#report(
      remark === null
        ? new UnknownService(name, kind.specimen.protocol, place)
        : { level: remark.level, code: remark.code, ...place, text: remark.text },
    );
  }

  #sharedBy(line: PlainLine, server: Server): SharedPlan | null {
    const { kind, name } = line;
    let plans = this.#plans.get(kind);
    if (plans === undefined) {
      plans = [];
      this.#plans.set(kind, plans);
    }
    const isKnown =
      kind.isNumber || this.#target.names.servicePort(name, kind.specimen.protocol) !== undefined;
    const variant =
      (isKnown ? 1 : 0) +
      (server.isNameInArgs ? 2 : 0) +
      (server.isWrapped ? 4 : 0) +
      (server.args === '' ? 8 : 0);
    let plan = plans[variant];
    if (plan === undefined) {
      plan = this.#plan(line);
      plans[variant] = plan;
    }
    return plan;
  }

  #plan(line: PlainLine): SharedPlan | null {
    const remarks: (Remark | null)[] = [];
    const recorder = new PlaceReport((said) => remarks.push(said instanceof UnknownService ? null : said), {
      file: '',
      line: 0,
    });
    const plans = planEntries(serviceOfPlainLine(line), this.#target, recorder);
    const [plan, ...others] = isRejection(plans) ? [] : plans;
    return plan === undefined || others.length > 0 ? null : new SharedPlan(plan, remarks);
  }
}
