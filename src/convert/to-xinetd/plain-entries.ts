import type { EntryForm, NewEntry } from '../../ast/new-entry.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import type { PlainLine } from '../from-inetd/inetd-item.ts';
import type { LineKind, Remark } from '../from-inetd/line-kinds.ts';
import { serviceOfPlainLine } from '../from-inetd/read-text.ts';
import { isRejection } from '../rejection.ts';
import { attributesOf } from './entry-plan.ts';
import { planEntries, type XinetdTarget } from './plan-entries.ts';
import { type Server, serverOf } from './server.ts';
import { UnknownService } from './unknown-service.ts';

/** What entries have in common whose lines are of one kind and whose servers are named in one way. */
interface SharedPlan {
  readonly form: EntryForm;
  /** What is said of every line; null where it is that its name is in no table. */
  readonly remarks: readonly (Remark | null)[];
}

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

  /** Null for a line that is to be planned by itself. */
  convert(line: PlainLine): NewEntry | null {
    const { kind, name, args, addresses } = line;
    if (args === '' || (addresses.length > 0 && !kind.hasAddress)) return null;
    const { protocol } = kind.specimen;
    const server = serverOf(line.server, args, this.#target.daemonDir, this.#silent);
    const isKnown = kind.isNumber || this.#target.names.servicePort(name, protocol) !== undefined;
    const plan = this.#planFor(line, server, isKnown);
    if (plan === null) return null;
    for (const remark of plan.remarks) this.#say(remark, line, protocol);
    const values = [server.path];
    if (kind.isNumber) values.unshift(name);
    if (server.args !== '') values.push(server.args);
    return { type: 'NewEntry', name, form: plan.form, values };
  }

  #say(remark: Remark | null, { name, source, line }: PlainLine, protocol: string): void {
    if (remark === null) this.#report(new UnknownService(name, protocol, { file: source.path, line }));
    else this.#report({ level: remark.level, code: remark.code, file: source.path, line, text: remark.text });
  }

  #planFor(line: PlainLine, server: Server, isKnown: boolean): SharedPlan | null {
    let plans = this.#plans.get(line.kind);
    if (plans === undefined) {
      plans = [];
      this.#plans.set(line.kind, plans);
    }
    const variant =
      (isKnown ? 1 : 0) +
      (server.isNameInArgs ? 2 : 0) +
      (server.isWrapped ? 4 : 0) +
      (server.args === '' ? 8 : 0);
    let plan = plans[variant];
    if (plan === undefined) {
      plan = this.#makePlan(line);
      plans[variant] = plan;
    }
    return plan;
  }

  #makePlan(line: PlainLine): SharedPlan | null {
    const remarks: (Remark | null)[] = [];
    const recorder = new PlaceReport((said) => remarks.push(said instanceof UnknownService ? null : said), {
      file: '',
      line: 0,
    });
    const plans = planEntries(serviceOfPlainLine(line), this.#target, line.line, recorder);
    const [plan, ...others] = isRejection(plans) ? [] : plans;
    if (plan === undefined || others.length > 0) return null;
    return {
      remarks,
      form: attributesOf(plan).map(([name, value]) => [name, ownOfLines.has(name) ? null : value]),
    };
  }
}

/** Attributes whose values lines of one kind do not share. */
const ownOfLines: ReadonlySet<string> = new Set(['port', 'server', 'server_args']);
