import type { HostTables, ModelFiles } from './host-tables.ts';
import type { QuirkSet } from './quirks.ts';
import type { ModelDiagnostic } from './service.ts';

/** What every step of the resolution needs: the profile's quirks, the host, and where messages go. */
export interface Context {
  readonly quirks: QuirkSet;
  readonly tables: HostTables;
  readonly files: ModelFiles;
  /** Names of the daemon's environment, which `passenv` can see. */
  readonly environment: Pick<ReadonlySet<string>, 'has'>;
  report(diagnostic: ModelDiagnostic): void;
}

/** The same without messages, for what is looked at but does not count. */
export function quietly(context: Context): Context {
  return { ...context, report: () => {} };
}
