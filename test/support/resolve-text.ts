import { type ResolveOptions, resolve } from '../../src/model/resolve.ts';
import type { Configuration, Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { oracleEnvironment, oracleFiles, oracleTables } from './oracle-host.ts';

const tables = oracleTables();

/** Resolves a text on the host of the recorded cases, under the profile `serve` unless told otherwise. */
export function resolveText(
  text: string,
  options: Partial<ResolveOptions> & { readonly path?: string } = {},
): Configuration {
  const { path = 'test.conf', ...rest } = options;
  return resolve(new SourceText(path, text), {
    profile: 'serve',
    tables,
    files: oracleFiles,
    environment: oracleEnvironment.keys(),
    ...rest,
  });
}

/** The service with an id. */
export function serviceOf({ services }: Configuration, id: string): Service {
  const service = services.find((each) => each.id === id);
  if (service === undefined) throw new Error(`no service ${id} among ${services.map((each) => each.id)}`);
  return service;
}

/** Ids of dropped entries with the texts of their reasons. */
export function droppedIn({ dropped }: Configuration): Record<string, readonly string[]> {
  return Object.fromEntries(
    dropped.map(({ id, reasons }) => [id, reasons.map(({ line, message }) => `${line}: ${message}`)]),
  );
}
