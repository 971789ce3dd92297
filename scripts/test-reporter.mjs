// Test reporter: failures with their reason, why tests were skipped, what tests had to say, and the totals.
import { relative } from 'node:path';
import { inspect } from 'node:util';

// biome-ignore lint/style/noDefaultExport: node:test asks for it
export default async function* report(source) {
  const started = Date.now();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const skipped = new Map();
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:pass':
        if (data.details?.type === 'suite') break;
        if (data.skip === undefined) counts.passed++;
        else {
          counts.skipped++;
          const reason = data.skip === true ? data.name : data.skip;
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
        }
        break;
      case 'test:fail':
        // A parent fails with its children, which have been reported.
        if (data.details.error?.failureType === 'subtestsFailed') break;
        counts.failed++;
        yield failure(data);
        break;
      case 'test:stderr':
      case 'test:stdout':
        yield data.message;
        break;
      case 'test:diagnostic':
        if (
          data.nesting > 0 ||
          !/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(data.message)
        ) {
          yield `note: ${data.message}\n`;
        }
        break;
    }
  }
  for (const [reason, count] of skipped) yield `skipped ${count}: ${reason}\n`;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s\n`;
}

function failure({ name, file, line, details }) {
  const error = details.error?.cause ?? details.error;
  const place = file === undefined ? '' : ` (${relative(process.cwd(), file)}:${line ?? 0})`;
  const reason = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  const difference = error?.code === 'ERR_ASSERTION' && error.diff === undefined ? compared(error) : '';
  const own = reason.replace(/^\s+at .*\bnode:.*\n?/gm, '').trimEnd();
  return `not ok: ${name}${place}\n${indent(own + difference)}\n`;
}

/** The values of an assertion whose message does not show them. */
function compared({ actual, expected, generatedMessage }) {
  if (generatedMessage || expected === undefined) return '';
  return `\nactual: ${inspect(actual, { depth: 6 })}\nexpected: ${inspect(expected, { depth: 6 })}`;
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
