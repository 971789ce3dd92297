import type { Attribute, BlockEntry, Brace, Entry, Unknown } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import type { SourceText } from '../../../text/source-text.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { insideIndent } from '../../added-lines.ts';
import { indentOf, lineRange, removeLines } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';
import { textBehind } from './brace-neighbour.ts';
import { braceInValue, isBraceWord } from './line-shape.ts';

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
      if (entry === null || line === lateOpen(entry)) return;
      const finding = braceOnOddLine(line);
      if (finding !== undefined) report(finding);
    },
  }),
});

interface Place {
  readonly source: SourceText;
  readonly entry: BlockEntry;
}

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
  const late = lateOpen(entry);
  if (late !== undefined) edits.push(withoutFirstWord(late, source));
  if (entry.close === null) edits.push({ start: entry.end, end: entry.end, text: '\n}' });
  const title = entry.kind === 'defaults' ? 'defaults' : `service ${entry.name?.text ?? ''}`;
  return {
    at: header,
    message: `${quote(title)} is not followed by a line with only '{'${entry.close === null ? ", and no line with only '}' ends it" : ''}`,
    fix: {
      description: late === undefined ? 'Put the entry in braces' : "Move '{' behind the header",
      edits,
    },
  };
}

/** The line with the `{` of an entry that begins without one. */
function lateOpen({ open, body }: BlockEntry): Unknown | undefined {
  if (open !== null) return undefined;
  return body.find((node): node is Unknown => node.type === 'Unknown' && node.words[0]?.text === '{');
}

function withoutFirstWord({ words: [first, next], ...line }: Unknown, source: SourceText): TextEdit {
  if (first === undefined || next === undefined) return removeLines(source, line);
  return { start: first.start, end: next.start, text: '' };
}

function textBeside(brace: Brace, entry: BlockEntry, source: SourceText): Finding {
  const first = brace.extra[0];
  const last = brace.extra.at(-1);
  const at = { start: first?.start ?? brace.start, end: last?.end ?? brace.end };
  const text = source.slice(at);
  return {
    at,
    message: `'${brace.text}' must stand alone on its line, without ${quote(text)}`,
    ...(brace.text === '}'
      ? {
          consequence:
            "the daemon does not take it for the end of the entry: it drops this one and skips to the next line that is only '}'",
        }
      : {}),
    fix: {
      description: `Leave '${brace.text}' alone on its line`,
      edits: alone(brace, at, { source, entry }),
    },
  };
}

function alone(brace: Brace, at: Range, { source, entry }: Place): TextEdit[] {
  const behind = textBehind(brace.text, source.slice(at));
  const cut = { start: brace.start + 1, end: at.end };
  switch (behind.kind) {
    case 'noise':
      return [{ ...cut, text: '' }];
    case 'comment': {
      const { start } = lineRange(source, brace.start);
      return [
        { start, end: start, text: `${indentOf(source, brace.start)}${behind.text}\n` },
        { ...cut, text: '' },
      ];
    }
    case 'line':
      return [{ ...cut, text: `\n${brace.text === '{' ? insideIndent(source, entry) : ''}${behind.text}` }];
  }
}

/** `wait = no }`, `user = nobody}`: the brace is a value for the daemon, or a part of one, and closes nothing. */
function braceBehindValue(attribute: Attribute, entry: Entry, source: SourceText): Finding | undefined {
  const found = entry.syntax === 'block' ? braceInValue(attribute) : undefined;
  if (entry.syntax !== 'block' || found === undefined) return undefined;
  const { at, before } = found;
  const cut = { start: before, end: at.end };
  const message = "'}' must stand alone on its line; here it is a value";
  // With the end of the entry right behind it, it is one too many.
  if (entry.close !== null && entry.body.at(-1) === attribute) {
    return {
      at,
      message,
      consequence: 'the daemon takes the brace for a part of the value',
      fix: { description: "Remove '}'", edits: [{ ...cut, text: '' }] },
    };
  }
  return {
    at,
    message,
    consequence: 'the entry stays open, and the daemon drops it with the one behind it',
    fix: {
      description: "Put '}' on a line of its own",
      edits: [{ ...cut, text: `\n${outerIndent(source, entry)}}` }],
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

/** The brace gets a line behind the header, and what stands behind it another. */
function ownLine(source: SourceText, entry: BlockEntry, brace: Brace, before: number): TextEdit[] {
  const indent = indentOf(source, brace.start);
  const last = brace.extra.at(-1);
  const edit = { start: before, end: last?.end ?? brace.start + 1 };
  const first = brace.extra[0];
  const behind =
    first === undefined ? undefined : textBehind('{', source.slice({ ...edit, start: first.start }));
  const line =
    behind === undefined || behind.kind === 'noise' ? '' : `\n${insideIndent(source, entry)}${behind.text}`;
  return [{ ...edit, text: `\n${indent}{${line}` }];
}
