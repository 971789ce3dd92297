import { loadRules } from '../../src/lint/registry.ts';
import { ruleGroups } from '../../src/lint/rule.ts';
import { rulePage, rulePagePath } from '../../src/lint/rule-page.ts';

const rules = await loadRules();

/** docs/rules/: one page for each rule, and a list of all by group. */
export function* rulePages(): Iterable<readonly [path: string, text: string]> {
  for (const rule of rules) yield [rulePagePath(rule.meta), rulePage(rule)];
  const sections = ruleGroups.map((group) => {
    const rows = rules
      .map(({ meta }) => meta)
      .filter(({ name }) => name.startsWith(`${group}/`))
      .map(
        ({ name, severity, fixable, summary }) =>
          `| [\`${name}\`](${name}.md) | ${severity} | ${fixable} | ${summary.replaceAll('|', '\\|')} |`,
      );
    return `## ${group}\n\n| rule | severity | fix | finds |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
  });
  const introduction = `# Rules\n\n${rules.length} rules. "xcfg explain RULE" prints a page, "xcfg rules" this list.`;
  yield ['docs/rules/README.md', `${[introduction, ...sections].join('\n\n')}\n`];
}
