import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../../src/lint/host.ts';
import { lintTree } from '../../../src/lint/lint.ts';
import { readTree } from '../../../src/lint/read-tree.ts';
import { loadRules } from '../../../src/lint/registry.ts';
import { SourceText } from '../../../src/text/source-text.ts';
import { memoryFiles } from './memory-files.ts';

const rules = (await loadRules()).map((rule) => ({ rule }));

/** What all rules find in a text; further files by absolute path. */
export function lintText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  path = '/etc/xinetd.conf',
  host?: Host,
): readonly Diagnostic[] {
  const options = { files: memoryFiles(files), cwd: '/', follow: true };
  return lintTree(readTree(new SourceText(path, text), options), {
    rulesFor: () => rules,
    ...(host === undefined ? {} : { host }),
  });
}

/** Findings as `line:column code`. */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ location: { source, range }, code }) => {
    const { line, column } = source.positionAt(range.start);
    return `${line}:${column} ${code}`;
  });
}
