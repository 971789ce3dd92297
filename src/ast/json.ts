import { jsonList } from '../text/json-list.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type {
  Attribute,
  BodyNode,
  Brace,
  Comment,
  Directive,
  DisabledMark,
  Entry,
  File,
  Operator,
  Problem,
  TopLevel,
  Word,
} from './nodes.ts';

/*
 * The published shape of the tree, described by `schema/ast.schema.json`. It is written out member by member, so that a
 * change of the tree inside does not change what others read; a change here that is more than an addition raises
 * `version`.
 */

export const astJsonVersion = 1;

type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

type JsonObject = { readonly [key: string]: JsonValue };

/**
 * The tree of a file as the text of one JSON document, in pieces: one line for each node at the top level, so that a
 * large file needs no more memory than its largest entry.
 */
export function* astJson(file: File, source: SourceText): Generator<string> {
  const nodes = new NodeJson(source);
  const { path, encoding } = source;
  const head = { version: astJsonVersion, path, encoding };
  yield `${JSON.stringify(head).slice(0, -1)},"ast":${JSON.stringify(nodes.file(file)).slice(0, -1)},"children":`;
  yield* jsonList(nodes.topLevels(file.children));
  yield '}}\n';
}

/** Nodes of one source as plain values. */
class NodeJson {
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Without its children. */
  file(file: File): JsonObject {
    return {
      type: file.type,
      range: this.#range(file),
      format: file.format,
      problems: this.#problems(file.problems),
    };
  }

  *topLevels(nodes: readonly TopLevel[]): Generator<JsonObject> {
    for (const node of nodes) yield node.type === 'Entry' ? this.#entry(node) : this.#bodyNode(node);
  }

  #entry(node: Entry): JsonObject {
    const { type, syntax, kind } = node;
    const name = node.name && this.#word(node.name);
    const head = { type, syntax, kind, range: this.#range(node), name };
    const problems = this.#problems(node.problems);
    switch (node.syntax) {
      case 'block':
        return {
          ...head,
          keyword: this.#word(node.keyword),
          extra: this.#words(node.extra),
          open: node.open && this.#brace(node.open),
          body: node.body.map((each) => this.#bodyNode(each)),
          close: node.close && this.#brace(node.close),
          problems,
        };
      case 'line':
        return {
          ...head,
          disabled: this.#disabled(node.disabled),
          fields: this.#words(node.fields),
          attributes: node.attributes.map((each) => this.#attribute(each)),
          between: node.between.map((each) =>
            each.type === 'Word' ? this.#word(each) : this.#comment(each),
          ),
          trailing: node.trailing && this.#comment(node.trailing),
          problems,
        };
      case 'pairs':
        return {
          ...head,
          disabled: this.#disabled(node.disabled),
          fields: this.#words(node.fields),
          attributes: node.attributes.map((each) => this.#attribute(each)),
          comments: node.comments.map((each) => this.#comment(each)),
          problems,
        };
    }
  }

  #bodyNode(node: BodyNode): JsonObject {
    switch (node.type) {
      case 'Attribute':
        return this.#attribute(node);
      case 'Directive':
        return this.#directive(node);
      case 'Comment':
        return this.#comment(node);
      case 'Blank':
        return { type: node.type, range: this.#range(node), lines: node.lines };
      case 'Unknown':
        return { type: node.type, range: this.#range(node), words: this.#words(node.words) };
    }
  }

  #attribute(node: Attribute): JsonObject {
    return {
      type: node.type,
      range: this.#range(node),
      key: node.key,
      name: node.name && this.#word(node.name),
      operator: node.operator && this.#operator(node.operator),
      values: this.#words(node.values),
    };
  }

  #directive(node: Directive): JsonObject {
    return {
      type: node.type,
      kind: node.kind,
      range: this.#range(node),
      keyword: node.keyword && this.#word(node.keyword),
      values: this.#words(node.values),
    };
  }

  #operator(node: Operator): JsonObject {
    return { type: node.type, range: this.#range(node), operator: node.operator };
  }

  #comment(node: Comment): JsonObject {
    return { type: node.type, range: this.#range(node), text: node.text };
  }

  #brace(node: Brace): JsonObject {
    return { type: node.type, range: this.#range(node), text: node.text, extra: this.#words(node.extra) };
  }

  #disabled(mark: DisabledMark | null): JsonObject | null {
    if (mark === null) return null;
    const { style, marker } = mark;
    return { style, marker, range: this.#range(mark), leaf: mark.leaf && this.#word(mark.leaf) };
  }

  #words(words: readonly Word[]): readonly JsonObject[] {
    return words.map((word) => this.#word(word));
  }

  #word(node: Word): JsonObject {
    return { type: node.type, range: this.#range(node), text: node.text };
  }

  #problems(problems: readonly Problem[]): readonly JsonObject[] {
    return problems.map((problem) => {
      const { code, severity, message } = problem;
      return { code, severity, message, range: this.#range(problem) };
    });
  }

  #range({ start, end }: Range): JsonObject {
    return { start: this.#position(start), end: this.#position(end) };
  }

  #position(offset: number): JsonObject {
    return { offset, ...this.#source.positionAt(offset) };
  }
}
