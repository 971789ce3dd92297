import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportFormats } from '../../src/commands/report-formats.ts';
import type { Report } from '../../src/report/report.ts';
import { loadReporter } from '../../src/report/reporters.ts';
import { SourceText } from '../../src/text/source-text.ts';

const secret = 'hunter2hunter2';
const text = `server_args = --password=${secret} -v # ${secret}\n`;

function report(): Report {
  const source = new SourceText('a', text);
  const at = text.indexOf(secret);
  const comment = text.indexOf('#');
  return {
    version: '1',
    isComplete: true,
    rules: [],
    skippedRules: [],
    notes: [],
    files: [
      {
        source,
        diagnostics: [
          {
            code: 'security/secret-in-config',
            severity: 'warning',
            message: "'password' is given in clear text",
            location: { source, range: { start: at, end: at + secret.length } },
            isSecret: true,
          },
          {
            code: 'syntax/trailing-comment',
            severity: 'error',
            message: `'# ${secret}' is no comment`,
            location: { source, range: { start: comment, end: text.length - 1 } },
            related: [{ source, range: { start: 0, end: 6 }, message: `${secret} again` }],
            fix: {
              description: 'Move',
              safety: 'unsafe',
              edits: [{ start: 0, end: 0, text: `# ${secret}\n` }],
            },
          },
        ],
      },
    ],
  };
}

for (const format of reportFormats) {
  test(`${format} shows no secret, not even where another finding quotes it`, async () => {
    const reporter = await loadReporter(format);
    const printed = reporter(report(), { color: false });
    assert.ok(printed.includes('security/secret-in-config'));
    assert.ok(!printed.includes(secret), printed);
  });
}

test('a short secret is not hidden in the words around it', async () => {
  const source = new SourceText('a', 'env = PASSWORD=t text\n');
  const reporter = await loadReporter('compact');
  const diagnostic = {
    code: 'security/secret-in-config',
    severity: 'warning',
    message: "'PASSWORD' is given in clear text",
    location: { source, range: { start: 15, end: 16 } },
    isSecret: true,
  } as const;
  const files = [{ source, diagnostics: [diagnostic] }];
  const printed = reporter(
    { version: '1', isComplete: true, rules: [], notes: [], skippedRules: [], files },
    { color: false },
  );
  assert.match(printed, /in clear text/);
});
