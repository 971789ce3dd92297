import type { Word } from '../../../ast/nodes.ts';
import type { CatalogueAttribute } from '../../../catalog/attribute.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import {
  findKeyword,
  type Keyword,
  logTypes,
  syslogFacilities,
  syslogLevels,
} from '../../../catalog/keywords.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'style/canonical-names',
    summary: 'A keyword, attribute, flag or constant in another spelling than the documented one',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'The daemon compares without case, other readers do not: the lens of Augeas wants lower case keywords, audits by grep want `disable`, InSpec and itox compare text.',
    references: ['strcasecmp in parse.c and nvlists.c'],
    examples: { bad: 'Flags = ipv4', good: 'flags = IPv4' },
  },
  check: ({ report }) => ({
    Entry: (entry) => {
      if (entry.syntax === 'block') respell(entry.keyword, entry.keyword.text.toLowerCase(), report);
    },
    Directive: ({ keyword }, entry) => {
      if (keyword !== null && entry === null) respell(keyword, keyword.text.toLowerCase(), report);
    },
    Attribute: (attribute, entry) => {
      const known = findAttribute(attribute.key);
      if (entry.syntax !== 'block' || known === undefined || attribute.name === null) return;
      respell(attribute.name, known.name, report);
      for (const [index, value] of meantValues(attribute).entries()) {
        const keyword = documentedSpelling(known, value.text, index);
        if (keyword !== undefined) respell(value, keyword, report);
      }
    },
  }),
});

function respell(word: Word, documented: string, report: (finding: Finding) => void): void {
  if (word.text === documented) return;
  report({
    at: word,
    message: `${quote(word.text)} is documented as '${documented}'`,
    fix: {
      description: `Write '${documented}'`,
      edits: [{ start: word.start, end: word.end, text: documented }],
    },
  });
}

function documentedSpelling({ value }: CatalogueAttribute, text: string, index: number): string | undefined {
  switch (value.kind) {
    case 'keyword':
    case 'keywords':
      return findKeyword(value.keywords, text)?.name;
    case 'integer':
    case 'size':
      return value.words.find(({ name }) => name === text.toUpperCase())?.name;
    case 'log-type':
      return findKeyword(logKeywords(index), text)?.name;
    default:
      return undefined;
  }
}

/** `SYSLOG facility level`; a path in the second place is none of them. */
function logKeywords(index: number): readonly Keyword[] {
  return [logTypes, syslogFacilities, syslogLevels][index] ?? [];
}
