import type { Attribute } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { Judgement } from '../../judgement.ts';
import { meantValues, removeLines } from '../../line.ts';
import { repetitions } from '../../repetitions.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isMeantToSwitchOff } from './switching-off.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/disable-not-effective',
    summary: 'What looks like switching a service off and does not',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'ignores-line',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'The service keeps running with `disabled = yes`, with `enabled = no`, with `disable = no` followed by `disable = yes`, and with `disable = yes` in `defaults`. Tools that append a line at the end of the entry hit the third case.',
    references: ['identify_attribute in parse.c', 'https://github.com/inspec/inspec/issues/3024'],
    examples: {
      bad: 'disable = no\n...\ndisable = yes',
      good: 'disable = yes',
    },
    explains: ['correctness/duplicate-attribute'],
  },
  check: ({ source, analysis, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || !isMeantToSwitchOff(attribute, entry)) return;
      const finding =
        entry.kind === 'defaults'
          ? inDefaults(attribute)
          : otherSpelling(attribute, analysis.judge(entry, source), source);
      report(finding);
    },
    Entry: (entry) => {
      if (entry.syntax !== 'block' || entry.kind !== 'service') return;
      for (const { attribute: each, counting: first } of repetitions(analysis.judge(entry, source))) {
        if (each.key !== 'disable' || saysYes(first) || !saysYes(each)) continue;
        report({
          at: each,
          message: "'disable' is set before, and the first one counts; remove that line",
          related: [{ source, range: first, message: 'this one counts' }],
          fix: merge(first, each, source),
        });
      }
    },
  }),
});

function saysYes(attribute: Attribute): boolean {
  return meantValues(attribute)[0]?.text.toLowerCase() === 'yes';
}

function inDefaults(attribute: Attribute): Finding {
  return {
    at: attribute,
    message: "'disable' does not count in 'defaults'; name the services in 'disabled', or write it into each",
    consequence: 'the daemon ignores this line, and every service keeps running',
  };
}

function otherSpelling(attribute: Attribute, { lines }: Judgement, source: SourceText): Finding {
  const { name } = attribute;
  const said = lines.filter((line) => line.attribute.key === 'disable');
  const counting = said.find(({ outcome }) => outcome === 'taken')?.attribute;
  const fix =
    counting !== undefined
      ? merge(counting, attribute, source)
      : said.length === 0
        ? rename(attribute)
        : undefined;
  return {
    at: attribute,
    message: `${quote(name?.text ?? '')} switches nothing off in a service; write 'disable = yes'`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Of two lines one stays, the one that the daemon takes. */
function merge(counting: Attribute, other: Attribute, source: SourceText): ProposedFix {
  return {
    description: "Say 'disable = yes' where it counts",
    edits: [
      ...counting.values.slice(0, 1).map(({ start, end }) => ({ start, end, text: 'yes' })),
      removeLines(source, other),
    ],
  };
}

function rename({ name, values: [value] }: Attribute): ProposedFix | undefined {
  if (name === null || value === undefined) return undefined;
  return {
    description: "Write 'disable = yes'",
    edits: [
      { start: name.start, end: name.end, text: 'disable' },
      { start: value.start, end: value.end, text: 'yes' },
    ],
  };
}
