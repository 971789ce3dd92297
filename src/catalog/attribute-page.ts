import type { CatalogueAttribute, SectionUse, ValueSyntax } from './attribute.ts';
import { type Keyword, logTypes, syslogFacilities, syslogLevels } from './keywords.ts';
import { operatorText } from './sections.ts';

/** Everything that the catalogue knows of an attribute, as Markdown: a page of the documentation, and `xcfg explain`. */
export function attributePage(attribute: CatalogueAttribute): string {
  const { name, aliases, documentation, example, count, absent, required } = attribute;
  const facts = [
    `Values: ${countText(count)}, ${syntaxText(attribute.value)}`,
    `In a service: ${useText(attribute.service)}`,
    `In \`defaults\`: ${useText(attribute.defaults)}${inheritanceText(attribute)}`,
    `Without it: ${absent}`,
    ...(required === null ? [] : [`Required: ${required === 'always' ? 'always' : `when ${required.when}`}`]),
    ...(aliases.length === 0 ? [] : [`Also written: ${aliases.map((alias) => `\`${alias}\``).join(', ')}`]),
  ];
  const keywords = keywordsOf(attribute.value);
  const list = keywords.map((keyword) => `- \`${keyword.name}\`: ${keyword.documentation}`);
  return `# ${name}

${documentation}

    ${example}

${facts.map((fact) => `- ${fact}`).join('\n')}
${list.length === 0 ? '' : `\n## Words\n\n${list.join('\n')}\n`}`;
}

function countText({ min, max }: CatalogueAttribute['count']): string {
  if (min === max) return min === 1 ? 'one' : String(min);
  return min === 0 ? 'any number' : 'one or more';
}

const syntaxTexts: Readonly<Record<ValueSyntax['kind'], string>> = {
  word: 'any word',
  arguments: 'words handed on as they are',
  keyword: 'one of the words below',
  keywords: 'the words below, in any order and case',
  integer: 'a whole number',
  octal: 'an octal number',
  decimal: 'a number',
  size: 'bytes, with `K` or `M` for 1024 and 1048576',
  path: 'a path',
  protocol: 'a name of the protocols file',
  user: 'a user name or number',
  group: 'a group name or number',
  address: 'an address or a host name',
  'address-patterns': 'addresses, networks, host names and domains',
  'time-intervals': '`h:m-h:m` words',
  'log-type': '`SYSLOG facility [level]` or `FILE path [soft [hard]]`',
  assignments: '`NAME=VALUE` words',
  'variable-names': 'names of environment variables',
  'host-and-port': 'a host and a port number or tcp service name',
  'version-range': '`N` or `N-M`',
  'service-ids': 'ids of services',
};

function syntaxText(value: ValueSyntax): string {
  const words = 'words' in value ? value.words.map(({ name }) => `\`${name}\``) : [];
  return [syntaxTexts[value.kind], ...words].join(' or ');
}

function useText(use: SectionUse | null): string {
  if (use === null) return 'not allowed';
  const operators = use.operators.map((operator) => `\`${operatorText(operator)}\``).join(' ');
  return `${operators}, ${use.repeatable ? 'may be repeated' : 'once'}`;
}

function inheritanceText({ inheritance }: CatalogueAttribute): string {
  switch (inheritance) {
    case 'at-entry':
      return '; xinetd lets it reach the entries behind it';
    case 'after-reading':
    case 'both':
      return '; reaches every entry that does not set it';
    case null:
      return '';
  }
}

function keywordsOf(value: ValueSyntax): readonly Keyword[] {
  if (value.kind === 'log-type') return [...logTypes, ...syslogFacilities, ...syslogLevels];
  return 'keywords' in value ? value.keywords : [];
}
