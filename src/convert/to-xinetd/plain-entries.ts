import type { NewAttribute, NewEntry } from '../../ast/new-entry.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import type { PlainLine } from '../from-inetd/inetd-item.ts';
import { serviceOfPlainLine } from '../from-inetd/read-text.ts';
import { isRejection } from '../rejection.ts';
import { attributesOf } from './entry-plan.ts';
import { planEntries, reportUnknown, type XinetdTarget } from './plan-entries.ts';
import { type Server, serverOf } from './server.ts';

/** Characters of a line that cannot become one too long for xinetd. */
const surelyShort = 2000;

const silence = () => {};

/**
 * Converts plain lines that differ in name, server and arguments alone: the first of a kind is planned as any other entry,
 * and its first attributes serve for all. Planning 100,000 entries one by one takes three times as long.
 */
export class PlainEntries {
  readonly #target: XinetdTarget;
  readonly #report: Report;
  /** By user, and there by what else decides. */
  readonly #heads = new Map<string, (readonly NewAttribute[] | undefined)[]>();

  constructor(target: XinetdTarget, report: Report) {
    this.#target = target;
    this.#report = report;
  }

  /** Null for a line of which there is more to say than that its name is not known. */
  convert(line: PlainLine): NewEntry | null {
    const { name, socketType, wait, server: path, args, addresses } = line;
    if (args === '' || addresses.length > 0 || (socketType === 'dgram' && !wait)) return null;
    if (line.end - line.start > surelyShort) return null;
    const here = new PlaceReport(this.#report, { file: line.source.path, line: line.line });
    const server = serverOf(path, args, this.#target.daemonDir, here);
    const protocol = socketType === 'stream' ? 'tcp' : 'udp';
    const isKnown = this.#target.names.servicePort(name, protocol) !== undefined;
    const common = this.#headOf(line, server, isKnown);
    if (common === null) return null;
    if (!isKnown) reportUnknown(name, protocol, here);
    const own: NewAttribute[] = [['server', server.path]];
    if (server.args !== '') own.push(['server_args', server.args]);
    return { type: 'NewEntry', name, common, own };
  }

  #headOf(line: PlainLine, server: Server, isKnown: boolean): readonly NewAttribute[] | null {
    let heads = this.#heads.get(line.user);
    if (heads === undefined) {
      heads = [];
      this.#heads.set(line.user, heads);
    }
    const kind =
      (line.socketType === 'stream' ? 1 : 0) +
      (line.wait ? 2 : 0) +
      (isKnown ? 4 : 0) +
      (server.isNameInArgs ? 8 : 0) +
      (server.isWrapped ? 16 : 0);
    return heads[kind] ?? this.#makeHead(line, heads, kind);
  }

  #makeHead(
    line: PlainLine,
    heads: (readonly NewAttribute[] | undefined)[],
    kind: number,
  ): readonly NewAttribute[] | null {
    const here = new PlaceReport(silence, { file: '', line: 0 });
    const plans = planEntries(serviceOfPlainLine(line), this.#target, line.line, here);
    const [plan] = isRejection(plans) ? [] : plans;
    if (plan === undefined) return null;
    const attributes = attributesOf(plan);
    const head = attributes.slice(
      0,
      attributes.findIndex(([name]) => name === 'server'),
    );
    heads[kind] = head;
    return head;
  }
}
