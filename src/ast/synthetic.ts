import type {
  AssignmentOperator,
  Attribute,
  Blank,
  BlockEntry,
  BodyNode,
  Brace,
  Comment,
  DisabledMark,
  File,
  Format,
  LineEntry,
  TopLevel,
  Word,
} from './nodes.ts';

/*
 * Nodes that stand in no file, for transforms that make new trees. Their ranges are empty, so they can be walked and
 * printed but not looked up in a source.
 */

const nowhere = { start: 0, end: 0 } as const;

export function syntheticWord(text: string): Word {
  return { type: 'Word', ...nowhere, text };
}

/** `text` as it is to stand in the file, with its `#`. */
export function syntheticComment(text: string): Comment {
  return { type: 'Comment', ...nowhere, text };
}

/** One blank line. */
export const syntheticBlank: Blank = { type: 'Blank', ...nowhere, lines: 1 };

export function syntheticAttribute(
  name: string,
  values: readonly string[],
  operator: AssignmentOperator = 'set',
): Attribute {
  return {
    type: 'Attribute',
    ...nowhere,
    key: name.toLowerCase(),
    name: syntheticWord(name),
    operator: { type: 'Operator', ...nowhere, operator },
    values: values.map(syntheticWord),
  };
}

/** A `service NAME` entry, or the `defaults` entry when `name` is null. */
export function syntheticBlockEntry(name: string | null, body: readonly BodyNode[]): BlockEntry {
  const kind = name === null ? 'defaults' : 'service';
  return {
    type: 'Entry',
    syntax: 'block',
    kind,
    ...nowhere,
    keyword: syntheticWord(kind),
    name: name === null ? null : syntheticWord(name),
    extra: [],
    open: syntheticBrace('{'),
    body,
    close: syntheticBrace('}'),
    attributes: body.filter((node) => node.type === 'Attribute'),
    problems: [],
  };
}

/** An inetd.conf line; the words as they are to stand in the file, quotes included. */
export function syntheticLineEntry(words: readonly string[], isDisabled = false): LineEntry {
  const fields = words.map(syntheticWord);
  return {
    type: 'Entry',
    syntax: 'line',
    kind: 'service',
    ...nowhere,
    name: fields[0] ?? null,
    attributes: [],
    problems: [],
    fields,
    disabled: isDisabled ? debianOff : null,
    between: [],
    trailing: null,
  };
}

const debianOff: DisabledMark = {
  style: 'debian-off',
  ...nowhere,
  marker: '#<off># ',
  leaf: syntheticWord('#<off>#'),
};

export function syntheticFile(format: Format, children: readonly TopLevel[]): File {
  return { type: 'File', format, ...nowhere, children, problems: [] };
}

function syntheticBrace(text: '{' | '}'): Brace {
  return { type: 'Brace', ...nowhere, text, extra: [] };
}
