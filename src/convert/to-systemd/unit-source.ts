import type { Format } from '../../ast/nodes.ts';
import type { Service } from '../../model/service.ts';

/** A service that is to become units, with what the resolved service does not say. */
export interface UnitSource {
  readonly service: Service;
  readonly format: Format;
  /** Addresses to listen on; none means all. An address list of inetd.conf is one service here. */
  readonly binds: readonly string[];
  /** Switched off in the source: units are written, but not to be enabled. */
  readonly isDisabled: boolean;
}

export interface SystemdOptions {
  /** Release that has to understand the units. */
  readonly systemdVersion: number;
  /** Where standard error of a server goes; inetd and xinetd give it the connection. */
  readonly stderr: 'socket' | 'journal';
  /** Begins every unit name, so that units of the distribution are not hidden. */
  readonly prefix: string;
  /** Whether echo, discard and daytime are served by small programs. */
  readonly emulateInternal: boolean;
  /** Whether servers are started through tcpd, so that hosts.allow and hosts.deny stay in force. */
  readonly tcpd: boolean;
  /** Whether hosts.allow or hosts.deny holds a rule. */
  readonly hasHostsRules: boolean;
  /** Whether the program at a path is a script, as far as can be seen. */
  readonly isScript: (path: string) => boolean;
}

/** Whether systemd accepts the connections and starts an instance for each. */
export function isAccepting({ socketType, wait, redirect }: Service): boolean {
  return socketType === 'stream' && !wait && redirect === null;
}

/** Whether the line of an attribute stands in the entry or in `defaults`, and not only a built-in value. */
export function isGiven(service: Service, attribute: string): boolean {
  return (service.origins.get(attribute) ?? []).some(({ from }) => from === 'entry' || from === 'defaults');
}

/** The words of the line that gave an attribute; empty where no line did. */
export function sourceWords(service: Service, attribute: string): readonly string[] {
  const location = service.origins.get(attribute)?.at(-1)?.location;
  if (location === null || location === undefined) return [];
  return location.source
    .slice(location.range)
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== '');
}
