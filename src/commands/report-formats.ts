import type { ReportFormat } from '../report/reporters.ts';

/** The names of the report formats, apart from the reporters: help needs the names alone. */
export const reportFormats = [
  'pretty',
  'compact',
  'json',
  'sarif',
  'github',
  'checkstyle',
  'junit',
  'gitlab',
] as const satisfies readonly ReportFormat[];
