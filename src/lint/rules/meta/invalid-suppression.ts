import { closestWord } from '../../../text/closest-word.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { lineRange } from '../../line.ts';
import { ruleNames } from '../../registry.ts';
import { defineRule, type Finding, type ProposedFix, ruleGroups } from '../../rule.ts';
import { directiveKinds, readDirectives, type SuppressionDirective } from '../../suppressions/directive.ts';
import { didYouMean, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'meta/invalid-suppression',
    summary: 'A suppression comment that suppresses nothing, or says not what',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'A comment for all rules would hide findings that are yet to come, so the rules have to be named. A comment at the end of a line is part of the value (see syntax/trailing-comment), and one without the colon behind `xcfg` is a comment like any other.',
    references: ['https://shellcheck.net/wiki/SC1126'],
    examples: {
      bad: 'server_args = -v # xcfg: ignore',
      good: '# xcfg: ignore[syntax/shell-syntax] -- a pattern for the program\nserver_args = *.log',
    },
    explains: ['syntax/trailing-comment', 'syntax/wrong-value-count', 'correctness/*'],
    options: {
      requireReason: { default: false as boolean, summary: 'A reason behind ` -- ` is required' },
    },
  },
  check: ({ source, file, options, report }) => ({
    File: () => {
      const directives = readDirectives(file, source);
      for (const directive of directives) {
        for (const finding of faults(
          directive,
          directives,
          source,
          file.children.find(({ type }) => type === 'Entry')?.start,
        ))
          report(finding);
        if (
          options.requireReason &&
          directive.reason === null &&
          !directive.lacksColon &&
          directive.kind !== 'enable'
        ) {
          report({ at: directive, message: "say why, behind ' -- '", severity: 'warning' });
        }
      }
    },
  }),
});

function* faults(
  directive: SuppressionDirective,
  all: readonly SuppressionDirective[],
  source: SourceText,
  firstEntry: number | undefined,
): Generator<Finding> {
  const { kind, rules, lines } = directive;
  if (directive.isTrailing) {
    yield {
      at: directive,
      message: 'a directive stands on a line of its own, above what it is for; here it is part of the value',
      effect: 'misreads',
      consequence: 'the daemon takes its words for values',
      fix: moveUp(directive, source),
    };
    return;
  }
  if (kind === null) {
    const near = closestWord(directive.word.toLowerCase(), directiveKinds);
    if (directive.lacksColon) {
      yield {
        at: directive,
        message: `a directive has a colon behind 'xcfg', and without it this is a comment: '# xcfg: ${near}[group/rule]'`,
      };
      return;
    }
    yield {
      at: directive,
      message: `${quote(directive.word)} is no directive: ignore, file-ignore, disable and enable are${didYouMean(near)}`,
    };
    return;
  }
  if (rules === null || rules.length === 0) {
    yield { at: directive, message: `name the rules: '${kind}[group/rule] -- reason'` };
    return;
  }
  for (const word of rules) {
    if (isKnown(word.text)) continue;
    yield {
      at: word,
      message: `there is no rule ${quote(word.text)}${didYouMean(closestWord(word.text, ruleNames))}`,
    };
  }
  if (kind === 'file-ignore' && firstEntry !== undefined && directive.start > firstEntry) {
    yield { at: directive, message: "'file-ignore' stands before the first entry" };
  } else if (kind === 'enable' && !isOpened(directive, all)) {
    yield { at: directive, message: "nothing was switched off by a 'disable' for this 'enable'" };
  } else if (kind === 'ignore' && lines === null) {
    yield { at: directive, message: "nothing follows that this 'ignore' could be for" };
  }
}

function isKnown(name: string): boolean {
  return ruleNames.some((known) => known === name) || ruleGroups.some((group) => name === `${group}/*`);
}

function isOpened(enable: SuppressionDirective, all: readonly SuppressionDirective[]): boolean {
  const names = new Set(enable.rules?.map(({ text }) => text));
  return all.some(
    (each) =>
      each.kind === 'disable' && each.start < enable.start && each.rules?.some(({ text }) => names.has(text)),
  );
}

function moveUp(directive: SuppressionDirective, source: SourceText): ProposedFix {
  const line = lineRange(source, directive.start);
  const before = source.text.slice(line.start, directive.start);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  return {
    description: 'Move the directive to a line of its own above',
    edits: [
      { start: line.start, end: line.start, text: `${indent}${source.slice(directive)}\n` },
      { start: line.start + before.trimEnd().length, end: directive.end, text: '' },
    ],
  };
}
