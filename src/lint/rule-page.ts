import { effectClauses } from './effect.ts';
import type { Rule, RuleExamples, RuleMeta } from './rule.ts';

/** Where the page of a rule lies, from the root of the package. */
export function rulePagePath({ name }: Pick<RuleMeta, 'name'>): string {
  return `docs/rules/${name}.md`;
}

/** Everything that there is to know about a rule, as Markdown: a page of the documentation, and `xcfg explain`. */
export function rulePage({ meta }: Rule): string {
  const facts = [
    ['Severity', meta.severity],
    ['Formats', meta.formats.map((format) => `${format}.conf`).join(', ')],
    ['Looks at', scopes[meta.scope]],
    ['What the daemon does', effectClauses[meta.effect] ?? effectWords[meta.effect] ?? ''],
    ['Fix', fixText(meta)],
    ['Facts of the machine', factsTexts[meta.facts]],
    ['Since', meta.since],
  ];
  return [
    `# ${meta.name}`,
    `${meta.summary}.`,
    facts.map(([name, value]) => `- ${name}: ${value}`).join('\n'),
    '## Why',
    meta.why,
    '## Examples',
    ...examples(meta.examples),
    ...options(meta),
    ...benchmarkItems(meta),
    '## Where this comes from',
    meta.references.map((each) => `- ${each}`).join('\n'),
    `To silence one finding, with a reason:\n\n${indented(`# xcfg: ignore[${meta.name}] -- why it is right here`)}\n`,
  ].join('\n\n');
}

const scopes: Readonly<Record<RuleMeta['scope'], string>> = {
  line: 'single lines',
  entry: 'single entries',
  file: 'single files',
  tree: 'everything that the main file includes',
};

const effectWords: Readonly<Record<string, string>> = {
  varies: 'it depends on the text, and each finding says it',
  none: 'what the text says',
};

const factsTexts: Readonly<Record<RuleMeta['facts'], string>> = {
  none: 'not needed',
  'opt-in': 'not needed; with them (`--facts`, `--etc`) more is found',
  target: 'depends on the `target` of the configuration file',
};

function fixText({ fixable, isFixedOnRequest }: RuleMeta): string {
  const made = {
    no: 'none',
    'by convert': 'none here; `xcfg convert` writes the entry anew, with a comment for each loss',
    safe: 'normally safe (`--fix`)',
    unsafe: 'normally unsafe (`--unsafe-fixes`)',
    'safe or unsafe':
      'safe where nothing can be reached with it that could not be reached before, otherwise unsafe',
  }[fixable];
  return isFixedOnRequest === true ? `${made}; made only with \`--fix-rule\` and the name of the rule` : made;
}

function examples({ bad, good, files }: RuleExamples): string[] {
  return ['Wrong:', indented(withFiles(bad, files?.bad)), 'Right:', indented(withFiles(good, files?.good))];
}

function withFiles(text: string, files: Readonly<Record<string, string>> = {}): string {
  const others = Object.entries(files).map(([path, each]) => `\n# ${path}:\n${each}`);
  return [visible(text), ...others.map(visible)].join('\n');
}

/** Characters that nobody would see in the text, by name. */
function visible(text: string): string {
  return text
    .replaceAll('\uFEFF', '<BOM>')
    .replaceAll('\r\n', '<CR>\n')
    .replaceAll('\u2013', '<en dash>')
    .trimEnd();
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

function benchmarkItems({ items = [] }: RuleMeta): string[] {
  if (items.length === 0) return [];
  const list = [...new Set(items)].map((item) => `- ${item}`).join('\n');
  return ['## Items of benchmarks', list];
}

function options({ options: table = {} }: RuleMeta): string[] {
  const rows = Object.entries(table).map(
    ([name, { default: value, summary }]) =>
      `- \`${name}\`: ${summary} (default \`${JSON.stringify(value)}\`)`,
  );
  return rows.length === 0 ? [] : ['## Options', rows.join('\n')];
}
