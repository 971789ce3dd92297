import type { Service } from '../../model/service.ts';
import { baseName } from '../../text/base-name.ts';
import { refusedForAll } from '../closed-to-all.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { isRejection, type Rejection, rejection } from '../rejection.ts';
import type { DialectForms } from './dialect-forms.ts';
import { reportLosses } from './losses.ts';
import { quoteWord } from './quote-word.ts';
import { protocolFields, serviceField } from './service-field.ts';
import { waitField } from './wait-field.ts';

const wrapperProgram = '/usr/sbin/tcpd';

export interface InetdTarget {
  readonly forms: DialectForms;
  /** Whether servers are started through tcpd, so that hosts.allow and hosts.deny stay in force. */
  readonly tcpd: boolean;
}

/** The words of the lines for a service, as they are to stand in the file, or why there can be none. */
export function linesOfService(
  service: Service,
  target: InetdTarget,
  report: PlaceReport,
): readonly (readonly string[])[] | Rejection {
  const refused = kindRejection(service);
  if (refused !== null) return refused;
  const { forms } = target;
  const name = serviceField(service, forms);
  if (typeof name !== 'string') return name;
  const wraps = isWrapped(service, target);
  const program = programFields(service, forms, wraps);
  if (isRejection(program)) return program;
  const wait = waitField(service, forms, report);
  const protocols = protocolFields(service, forms);
  const lines = protocols.map((protocol) => [
    name,
    service.socketType,
    protocol,
    wait,
    userField(service, forms),
    ...program,
  ]);
  const tooLong = lines.some((words) => Buffer.byteLength(words.join('\t')) > (forms.maxLine ?? Infinity));
  if (tooLong) return rejection('long-line', `inetd cuts lines of more than ${forms.maxLine} bytes`);
  reportLosses(service, forms, wraps, report);
  return lines;
}

function kindRejection(service: Service): Rejection | null {
  const { redirect, flags } = service;
  if (redirect !== null) {
    const { host, port } = redirect;
    const hint = `a server of the form /usr/bin/socat socat - TCP:${host}:${port} would do it`;
    return rejection('redirect', `redirect ${host} ${port}; ${hint}`);
  }
  if (flags.includes('SENSOR')) return rejection('sensor', 'inetd has no sensors');
  return refusedForAll(service);
}

function userField({ user, group }: Service, { hasGroups }: DialectForms): string {
  // Built-in services need no user in xinetd, but the field must be there.
  const name = user?.name ?? 'root';
  return group === null || !hasGroups ? name : `${name}:${group.name}`;
}

/** Whether the server is put behind tcpd; only one that gets the connection itself can be. */
export function isWrapped(
  { server, flags, types, wait, socketType }: Service,
  { tcpd }: InetdTarget,
): boolean {
  if (!tcpd) return false;
  if (server === null || types.includes('INTERNAL') || baseName(server) === 'tcpd') return false;
  return !flags.includes('NOLIBWRAP') && (socketType === 'dgram' || !wait);
}

function programFields(service: Service, forms: DialectForms, wraps: boolean): readonly string[] | Rejection {
  if (service.types.includes('INTERNAL')) return ['internal'];
  const path = service.server ?? '';
  const argv = wraps ? [path, ...service.argv.slice(1)] : service.argv;
  if (forms.maxArgv !== null && argv.length > forms.maxArgv) {
    return rejection(
      'too-many-args',
      `inetd takes ${forms.maxArgv} words of argv, the server has ${argv.length}`,
    );
  }
  const words: string[] = [];
  for (const word of [wraps ? wrapperProgram : path, ...argv]) {
    const quoted = quoteWord(word, forms.quoting);
    if (quoted === null) return rejection('arg-quotes', `this inetd has no way to write the word ${word}`);
    words.push(quoted);
  }
  return words;
}
