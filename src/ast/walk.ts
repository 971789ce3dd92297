import type { Attribute, BlockEntry, Brace, Comment, File, Leaf, Node, TopLevel, Word } from './nodes.ts';

/** The nodes directly below a node, in source order. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'File':
      return node.children;
    case 'Entry':
      switch (node.syntax) {
        case 'block':
          return [
            node.keyword,
            ...present(node.name),
            ...node.extra,
            ...bodyWithBrace(node),
            ...present(node.close),
          ];
        case 'line':
          return [
            ...present(node.disabled?.leaf ?? null),
            ...inSourceOrder(node.fields, [...node.between, ...present(node.trailing)]),
          ];
        case 'pairs':
          return inSourceOrder(node.fields, node.comments);
      }
      break;
    case 'Attribute':
      return attributeLeaves(node);
    case 'Directive':
      return [...present(node.keyword), ...node.values];
    case 'Unknown':
      return node.words;
    case 'Brace':
      return node.extra;
    case 'Blank':
    case 'Word':
    case 'Operator':
    case 'Comment':
      return [];
  }
}

/** Comments may stand between the header and its brace; they are in the body all the same. */
function bodyWithBrace(node: BlockEntry): readonly Node[] {
  const { open, body } = node;
  if (open === null) return body;
  const before = body.filter((each) => each.start < open.start);
  return [...before, open, ...body.slice(before.length)];
}

function inSourceOrder(first: readonly Node[], second: readonly Node[]): readonly Node[] {
  return second.length === 0 ? first : [...first, ...second].sort((a, b) => a.start - b.start);
}

function attributeLeaves(node: Attribute): readonly Node[] {
  return [...present(node.name), ...present(node.operator), ...node.values];
}

function present<T>(node: T | null): readonly T[] {
  return node === null ? [] : [node];
}

/** Calls `visit` for a node and all below it, parents first. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void {
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** The leaves of a tree in source order: the only places where text that counts can stand. */
export function leavesOf(node: File | TopLevel): readonly Leaf[] {
  const leaves: Leaf[] = [];
  walk(node, (each) => {
    if (isLeaf(each)) leaves.push(each);
  });
  return leaves;
}

function isLeaf(node: Node): node is Word | Leaf | Brace | Comment {
  return node.type === 'Word' || node.type === 'Operator' || node.type === 'Comment' || node.type === 'Brace';
}
