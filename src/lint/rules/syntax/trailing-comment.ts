import type { Attribute, Entry, Word } from '../../../ast/nodes.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { Effect } from '../../effect.ts';
import { catalogued, commentStart, indentOf, lineRange, surplusEffect } from '../../line.ts';
import { defineRule, type Finding, type ProposedFix } from '../../rule.ts';
import { quote } from '../../wording.ts';

/** Fields of inetd.conf in which a `#` cannot begin a comment that anyone means: service, socket type, protocol. */
const leadingFields = 3;
/** Where the program stands when no field is missing. */
const serverField = 5;

export const rule = defineRule({
  meta: {
    name: 'syntax/trailing-comment',
    summary: 'A comment behind a value, which the daemon takes for more values',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'ignores-line',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'Only whole lines can be comments. `disable = yes # off` leaves the service running (`expects 1 values and 3 values were specified`), `bind = 10.9.9.1 # lan` listens on every address, `server_args = -v # x` hands `#` and `x` to the program, and `only_from = 10.0.0.1 # localhost` admits localhost, because each word is tried as a host name. In inetd.conf the words become arguments of the server. The habit travels from tutorial to tutorial, and audit tools that strip such comments report the service as switched off.',
    references: [
      'xinetd.conf(5): "An entry ... Comments"; next_line in parsesup.c',
      'https://rubydoc.info/gems/inspec-core/Inspec/Utils/XinetdParser',
    ],
    examples: {
      bad: 'disable = yes # legacy, turned off',
      good: '# legacy, turned off\ndisable = yes',
    },
    explains: [
      'syntax/wrong-value-count',
      'syntax/inetd-bad-field',
      'syntax/inetd-field-count',
      'correctness/fatal-defaults-error',
    ],
    explainsAtWord: ['correctness/*'],
  },
  check: ({ source, report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax === 'block') reportValue(attribute, entry, source, report);
    },
    Entry: (entry) => {
      if (entry.syntax === 'line') reportField(entry.fields, source, report);
    },
  }),
});

function reportValue(
  attribute: Attribute,
  entry: Entry,
  source: SourceText,
  report: (finding: Finding) => void,
): void {
  const at = commentStart(attribute.values);
  const first = attribute.values[at];
  const last = attribute.values.at(-1);
  if (first === undefined || last === undefined) return;
  const comment = { start: first.start, end: last.end };
  const known = catalogued(attribute, entry);
  const effect: Effect =
    known === undefined ? 'ignores-line' : surplusEffect(known, attribute.values.length, entry);
  const fix = at === 0 ? undefined : moveAbove(source, comment, attribute.values[at - 1]);
  report({
    at: comment,
    message: `${quote(source.slice(comment))} is no comment here but part of the value of '${attribute.key}'; put it on a line of its own`,
    effect,
    ...surplusMeaning(known?.value.kind),
    ...(fix === undefined ? {} : { fix }),
  });
}

/** What the words become where the daemon does not refuse them. */
function surplusMeaning(kind: string | undefined): Partial<Finding> {
  switch (kind) {
    case 'arguments':
      return { severity: 'warning', consequence: 'the words of the comment are arguments of the program' };
    case 'address-patterns':
      return {
        consequence: 'the daemon tries each word of the comment as a host name and lists those that resolve',
      };
    case 'service-ids':
      return { consequence: 'each word of the comment counts as the id of a service' };
    case 'variable-names':
      return { consequence: 'each word of the comment counts as the name of a variable' };
    default:
      return {};
  }
}

function reportField(fields: readonly Word[], source: SourceText, report: (finding: Finding) => void): void {
  const first = fields.find((field, index) => index >= leadingFields && source.text[field.start] === '#');
  const last = fields.at(-1);
  if (first === undefined || last === undefined) return;
  const comment = { start: first.start, end: last.end };
  const at = fields.indexOf(first);
  // What begins a line that continues another stands above nothing.
  const from = fields[at - 1]?.end ?? comment.start;
  const isOneLine = source.lineAt(from) === source.lineAt(comment.end);
  // In place of a field that the entry needs, the comment is not all that is wrong.
  const isArgument = at > serverField;
  const fix = isOneLine && isArgument ? moveAbove(source, comment, fields[at - 1]) : undefined;
  report({
    at: comment,
    message: `${quote(source.slice(comment))} is no comment here but part of the entry; put it on a line of its own`,
    effect: 'misreads',
    consequence: isArgument
      ? 'the words of the comment are arguments of the server'
      : 'the daemon takes the words of the comment for the fields that are missing',
    ...(fix === undefined ? {} : { fix }),
  });
}

function moveAbove(
  source: SourceText,
  comment: { readonly start: number; readonly end: number },
  before: Word | undefined,
): ProposedFix {
  const { start } = lineRange(source, comment.start);
  const indent = indentOf(source, comment.start);
  return {
    description: 'Move the comment to a line of its own above',
    edits: [
      { start, end: start, text: `${indent}${source.slice(comment)}\n` },
      { start: before?.end ?? comment.start, end: comment.end, text: '' },
    ],
  };
}
