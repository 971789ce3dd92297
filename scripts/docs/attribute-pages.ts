import type { InetdAttribute } from '../../src/catalog/attribute.ts';
import { attributePage } from '../../src/catalog/attribute-page.ts';
import { attributes } from '../../src/catalog/attributes.ts';
import { inetdAttributes } from '../../src/catalog/inetd-attributes.ts';

/** docs/attributes/: one page for each attribute of xinetd.conf, one for those of inetd.conf, and a list of all. */
export function* attributePages(): Iterable<readonly [path: string, text: string]> {
  const names = attributes.map(({ name }) => `- [\`${name}\`](${name}.md)`);
  yield [
    'docs/attributes/README.md',
    `# Attributes\n\n${names.join('\n')}\n- [what only inetd.conf has](inetd.md)\n`,
  ];
  for (const attribute of attributes)
    yield [`docs/attributes/${attribute.name}.md`, attributePage(attribute)];
  yield ['docs/attributes/inetd.md', inetdPage(inetdAttributes)];
}

function inetdPage(all: readonly InetdAttribute[]): string {
  const rows = all.map(
    ({ name, field, form, documentation }) =>
      `| \`${name}\` | ${field} | \`${form.replaceAll('|', '\\|')}\` | ${documentation} |`,
  );
  return `# What only inetd.conf has

The rest of a line means what the attributes of xinetd.conf mean.

| key | field | written | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
