import type { BlockEntry, Comment, File, TopLevel } from '../../ast/nodes.ts';
import { syntheticBlank, syntheticComment, syntheticFile, syntheticLineEntry } from '../../ast/synthetic.ts';
import type { ParseResult } from '../../grammar/result.ts';
import type { Service } from '../../model/service.ts';
import type { SourceText } from '../../text/source-text.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import {
  lostEntryComment,
  type SourceConfiguration,
  type SourceService,
} from '../from-xinetd/source-configuration.ts';
import { unreadIn } from '../from-xinetd/unread-text.ts';
import { isRejection } from '../rejection.ts';
import { type InetdTarget, isWrapped, linesOfService } from './lines-of-service.ts';
import { WrapperRules } from './wrapper-rules.ts';

export interface InetdOutput extends InetdTarget {
  /** Whether each line gets the place of its entry as a comment. */
  readonly annotates: boolean;
}

/** Converts a resolved xinetd configuration to inetd.conf: one line for each entry, comments at their place. */
export function convertXinetd(
  main: SourceText,
  configuration: SourceConfiguration,
  target: InetdOutput,
  report: Report,
): File {
  const { services, trees } = configuration;
  const rules = wrapperRules(services, target);
  const children = trees.flatMap((tree) => nodesOfFile(tree, configuration, target, rules, report));
  reportTcpmux(services, main.path, target, report);
  return syntheticFile('inetd', [...children, ...hostsAccessComments(rules)]);
}

/** Of services that share a server, those that are switched off give way. */
function wrapperRules(services: readonly SourceService[], target: InetdOutput): WrapperRules {
  const wrapped = services.filter(({ service }) => isWrapped(service, target));
  return new WrapperRules(
    [false, true].flatMap((off) =>
      wrapped.filter(({ isDisabled }) => isDisabled === off).map(({ service }) => service),
    ),
  );
}

function nodesOfFile(
  { source, file }: ParseResult,
  configuration: SourceConfiguration,
  target: InetdOutput,
  rules: WrapperRules,
  report: Report,
): readonly TopLevel[] {
  const { services, lost } = configuration;
  const found = new Map<number, SourceService[]>();
  for (const each of services) {
    const { location } = each.service;
    if (location.source !== source) continue;
    found.set(location.range.start, [...(found.get(location.range.start) ?? []), each]);
  }
  return file.children.flatMap((node): readonly TopLevel[] => {
    if (node.type === 'Comment' || node.type === 'Blank') return [node];
    const unread = unreadIn(node, source, configuration).map(syntheticComment);
    if (node.type !== 'Entry' || node.syntax !== 'block') return unread;
    const here = found.get(node.start) ?? [];
    if (node.attributes.some(({ key }) => key === 'mdns')) reportMdns(source, node.start, report);
    const lines = here.flatMap((each) => nodesOfService(each, configuration, target, rules, report));
    const missing = lost.filter(
      ({ location }) => location.source === source && location.range.start === node.start,
    );
    const comments = missing.flatMap((each) => lostEntryComment(each, configuration)).map(syntheticComment);
    return [...commentsIn(node), ...unread, ...lines, ...comments];
  });
}

function reportMdns(source: SourceText, start: number, report: Report): void {
  const place = { file: source.path, line: source.lineAt(start) };
  new PlaceReport(report, place).warning('mdns-lost', 'inetd announces no services');
}

function commentsIn(entry: BlockEntry): readonly Comment[] {
  return entry.body.filter((node) => node.type === 'Comment');
}

function nodesOfService(
  { service, isDisabled }: SourceService,
  configuration: SourceConfiguration,
  target: InetdOutput,
  rules: WrapperRules,
  report: Report,
): readonly TopLevel[] {
  const { source, range } = service.location;
  const line = source.lineAt(range.start);
  const clash = isWrapped(service, target) ? rules.clashOf(service) : null;
  const lines =
    clash ?? linesOfService(service, target, new PlaceReport(report, { file: source.path, line }));
  if (isRejection(lines)) {
    report({ level: 'E', code: lines.code, file: source.path, line, text: lines.text });
    const { name, location } = service;
    return lostEntryComment({ name, location, code: lines.code }, configuration).map(syntheticComment);
  }
  const comments = [
    ...(target.annotates ? [`# ${source.path}:${line}: service ${service.name}`] : []),
    ...(service.id === service.name ? [] : [`# ${service.id}`]),
  ];
  return [...comments.map(syntheticComment), ...lines.map((words) => syntheticLineEntry(words, isDisabled))];
}

/** What else has to be there for TCPMUX services to be reached, or is there without being asked for. */
function reportTcpmux(
  services: readonly SourceService[],
  file: string,
  { forms }: InetdOutput,
  report: Report,
): void {
  const enabled = services.filter(({ isDisabled }) => !isDisabled).map(({ service }) => service);
  if (!enabled.some(isTcpmuxClient) || enabled.some(isTcpmuxMaster)) return;
  if (forms.tcpmux === 'implicit') {
    const text =
      'the input has no entry for tcpmux, so the service was unreachable; GNU inetd opens the port by itself';
    report({ level: 'W', code: 'tcpmux-implicit', file, line: 0, text });
  } else if (forms.tcpmux === 'with-entry') {
    const text = 'TCPMUX services need an entry for tcpmux itself; the input has none';
    report({ level: 'W', code: 'tcpmux-missing', file, line: 0, text });
  }
}

function isTcpmuxClient({ types }: Service): boolean {
  return types.includes('TCPMUX') || types.includes('TCPMUXPLUS');
}

function isTcpmuxMaster({ name, types }: Service): boolean {
  return name === 'tcpmux' && types.includes('INTERNAL');
}

/** The rules for the services that go through tcpd now, to be put into the files named in front of them. */
function hostsAccessComments(rules: WrapperRules): readonly TopLevel[] {
  const blocks = (['allow', 'deny'] as const).flatMap((list) => {
    const lines = rules.linesFor(list);
    return lines.length === 0 ? [] : [`# for /etc/hosts.${list}:`, ...lines.map((line) => `#   ${line}`)];
  });
  return blocks.length === 0 ? [] : [syntheticBlank, ...blocks.map(syntheticComment)];
}
