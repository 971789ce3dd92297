import type { Attribute, BlockEntry, Brace, Entry, Unknown, Word } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { insideIndent } from '../../added-lines.ts';
import { commentStart, indentOf, lineRange } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { isBraceWord } from './line-shape.ts';

export const rule = defineRule({
  meta: {
    name: 'syntax/brace-placement',
    summary: 'A brace that does not stand alone on its line, or is missing behind the header',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'file',
    effect: 'drops-service',
    fixable: 'safe or unsafe',
    facts: 'none',
    since: '0.1.0',
    why: '`{` must be alone on the line behind the header, `}` alone on its line; blank lines and comments may stand between header and `{`. `service x {` drops the service. `} # end` and `};` are worse: they do not close the entry, so it and the next one are lost, and no message names the second. Some renderings of the manual print `service <name> {`.',
    references: [
      'line_has_only_1_char and skip_entry in parsesup.c',
      'https://yuweijun.github.io/manpages/man5/xinetd.conf.5.html',
    ],
    examples: { bad: 'service echo {\n\t...\n}; # end', good: 'service echo\n{\n\t...\n}' },
    explains: [
      'syntax/unterminated-section',
      'syntax/malformed-header',
      'syntax/trailing-comment',
      'syntax/wrong-value-count',
      'correctness/*',
    ],
  },
  check: ({ source, report }) => ({
    Entry: (entry) => {
      if (entry.syntax === 'block') for (const finding of frameFindings(entry, source)) report(finding);
    },
    Attribute: (attribute, entry) => {
      const finding = braceBehindValue(attribute, entry, source);
      if (finding !== undefined) report(finding);
    },
    Unknown: (line, entry) => {
      const finding = entry === null ? undefined : braceOnOddLine(line);
      if (finding !== undefined) report(finding);
    },
  }),
});

function frameFindings(entry: BlockEntry, source: SourceText): Finding[] {
  const findings: Finding[] = [];
  const { open, close } = entry;
  const header = entry.name ?? entry.keyword;
  if (open === null) findings.push(missingOpen(entry, source));
  else if (source.lineAt(open.start) === source.lineAt(header.end)) {
    findings.push({
      at: { start: open.start, end: open.start + 1 },
      message: "'{' must stand alone on the line behind the header",
      fix: {
        description: "Put '{' on a line of its own",
        edits: ownLine(source, entry, open, entry.extra.at(-1)?.end ?? header.end),
      },
    });
  } else if (open.extra.length > 0) findings.push(textBeside(open, entry, source));
  if (close !== null && close.extra.length > 0) findings.push(textBeside(close, entry, source));
  return findings;
}

function missingOpen(entry: BlockEntry, source: SourceText): Finding {
  const header = entry.name ?? entry.keyword;
  const glued = entry.name?.text.endsWith('{') === true && entry.name.text.length > 1 ? entry.name : null;
  if (glued !== null) {
    const at = { start: glued.end - 1, end: glued.end };
    return {
      at,
      message: "'{' must stand alone on the line behind the header",
      fix: { description: "Put '{' on a line of its own", edits: [{ ...at, text: '\n{' }] },
    };
  }
  const headerEnd = lineRange(source, header.start).end;
  const edits: TextEdit[] = [{ start: headerEnd, end: headerEnd, text: '\n{' }];
  if (entry.close === null) edits.push({ start: entry.end, end: entry.end, text: '\n}' });
  const title = entry.kind === 'defaults' ? 'defaults' : `service ${entry.name?.text ?? ''}`;
  return {
    at: header,
    message: `${quote(title)} is not followed by a line with only '{'${entry.close === null ? ", and no line with only '}' ends it" : ''}`,
    fix: { description: 'Put the entry in braces', edits },
  };
}

function textBeside(brace: Brace, entry: BlockEntry, source: SourceText): Finding {
  const first = brace.extra[0];
  const last = brace.extra.at(-1);
  const at = { start: first?.start ?? brace.start, end: last?.end ?? brace.end };
  const text = source.slice(at);
  const isNoise = /^[;,.]$/.test(text);
  const isComment = first !== undefined && /^;?#/.test(first.text);
  const lineStart = lineRange(source, brace.start).start;
  const edits: TextEdit[] = isNoise
    ? [{ start: brace.start + 1, end: at.end, text: '' }]
    : isComment || brace.text === '}'
      ? [
          ...(isComment
            ? [
                {
                  start: lineStart,
                  end: lineStart,
                  text: `${indentOf(source, brace.start)}${text.replace(/^;/, '')}\n`,
                },
              ]
            : []),
          { start: brace.start + 1, end: at.end, text: isComment ? '' : `\n${text}` },
        ]
      : [{ start: brace.start + 1, end: at.start, text: `\n${insideIndent(source, entry)}` }];
  return {
    at,
    message: `'${brace.text}' must stand alone on its line, without ${quote(text)}`,
    ...(brace.text === '}'
      ? {
          consequence:
            "the daemon does not take it for the end of the entry: it drops this one and skips to the next line that is only '}'",
        }
      : {}),
    fix: { description: `Leave '${brace.text}' alone on its line`, edits },
  };
}

/** `wait = no }`: the brace is a value for the daemon, and the entry stays open. */
function braceBehindValue(attribute: Attribute, entry: Entry, source: SourceText): Finding | undefined {
  if (entry.syntax !== 'block' || attribute.key === 'server_args') return undefined;
  const meant = attribute.values.slice(0, commentStart(attribute.values));
  const last: Word | undefined = meant.at(-1);
  if (last === undefined || !/^\}[;,.]?$/.test(last.text)) return undefined;
  const before = meant.at(-2)?.end ?? attribute.operator?.end ?? last.start;
  return {
    at: last,
    message: "'}' must stand alone on its line; here it is a value",
    consequence: 'the entry stays open, and the daemon drops it with the one behind it',
    fix: {
      description: "Put '}' on a line of its own",
      edits: [{ start: before, end: last.end, text: `\n${outerIndent(source, entry)}}` }],
    },
  };
}

function outerIndent(source: SourceText, entry: Entry): string {
  return indentOf(source, entry.start);
}

/** `}}`, a second `{`: a line of the entry that has a brace and is none. */
function braceOnOddLine(line: Unknown): Finding | undefined {
  const [first] = line.words;
  if (first === undefined || !isBraceWord(first.text)) return undefined;
  return {
    at: first,
    message: `${quote(first.text)} neither opens nor closes the entry; a brace stands alone on its line`,
  };
}

function ownLine(source: SourceText, entry: BlockEntry, brace: Brace, before: number): TextEdit[] {
  const indent = indentOf(source, brace.start);
  const behind = brace.extra[0];
  const edits: TextEdit[] = [{ start: before, end: brace.start + 1, text: `\n${indent}{` }];
  if (behind !== undefined)
    edits.push({
      start: brace.start + 1,
      end: behind.start,
      text: `\n${insideIndent(source, entry)}`,
    } satisfies TextEdit & Range);
  return edits;
}
