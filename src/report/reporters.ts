import { redact } from './redact.ts';
import type { Reporter } from './report.ts';

/** Loads of each report format; a run needs one. */
const loaders = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  compact: async () => (await import('./compact.ts')).compact,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  junit: async () => (await import('./junit.ts')).junit,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReportFormat = keyof typeof loaders;

/** The reporter of a format. Whatever it prints, secrets are taken out before. */
export async function loadReporter(format: ReportFormat): Promise<Reporter> {
  const reporter = await loaders[format]();
  return (report, options) => reporter(redact(report), options);
}
