import type { Service } from '../../model/service.ts';
import { bytesOf } from './bytes-of.ts';
import type { DaemonIdentity } from './daemon-identity.ts';

/** Set for each client; a value from elsewhere would be a lie about it. */
const remoteHostVariable = 'REMOTE_HOST';

/**
 * The environment of a service's servers: the daemon's own, or what passenv lets through of it; then the words of env, which
 * replace a variable in its place or come at the end. REMOTE_HOST follows for each client.
 */
export function buildEnvironment(service: Service, daemon: DaemonIdentity): readonly string[] {
  const { passenv, env } = service;
  // Most services add nothing: ten thousand of them share one list.
  if (passenv === null && env.length === 0) return daemon.envWords;
  const variables = new Map(passenv === null ? daemon.env : []);
  for (const text of passenv ?? []) {
    const name = bytesOf(service, 'passenv', text);
    const value = daemon.env.get(name);
    if (value !== undefined) variables.set(name, value);
  }
  for (const text of env) {
    const word = bytesOf(service, 'env', text);
    const equals = word.indexOf('=');
    variables.set(word.slice(0, equals), word.slice(equals + 1));
  }
  return environmentWords(variables);
}

/** The words of an environment; REMOTE_HOST is not among them. */
export function environmentWords(variables: ReadonlyMap<string, string>): string[] {
  return [...variables].flatMap(([name, value]) => (name === remoteHostVariable ? [] : [`${name}=${value}`]));
}
