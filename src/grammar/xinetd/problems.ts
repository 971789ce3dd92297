import type { BlockEntry, BodyNode, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';

/** Codes of the faults that this grammar reports. */
export type XinetdProblemCode =
  | 'missing-service-name'
  | 'missing-open-brace'
  | 'missing-close-brace'
  | 'brace-on-header-line'
  | 'text-beside-brace'
  | 'missing-space-before-operator'
  | 'missing-operator'
  | 'missing-attribute-name'
  | 'misplaced-directive'
  | 'nul-byte'
  | 'byte-order-mark'
  | 'text-outside-section'
  | 'missing-path';

function problem(code: XinetdProblemCode, at: Range, message: string): Problem {
  return { code, severity: 'error', start: at.start, end: at.end, message };
}

/** Faults of an entry's frame and lines, in source order. */
export function blockProblems(
  entry: Omit<BlockEntry, 'problems'>,
  openOnHeaderLine: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const title = entry.kind === 'defaults' ? 'defaults' : `service ${entry.name?.text ?? ''}`.trimEnd();
  if (entry.kind === 'service' && entry.name === null) {
    problems.push(problem('missing-service-name', entry.keyword, 'the service has no name'));
  }
  if (entry.open === null) {
    problems.push(
      problem(
        'missing-open-brace',
        entry.name ?? entry.keyword,
        `${title}: a line with only '{' must follow`,
      ),
    );
  } else if (openOnHeaderLine) {
    problems.push(problem('brace-on-header-line', entry.open, `'{' must stand on a line of its own`));
  }
  if (entry.open !== null) problems.push(...besideBrace(entry.open.extra, '{'));
  for (const node of entry.body) {
    const found = bodyProblem(node);
    if (found !== undefined) problems.push(found);
  }
  if (entry.close === null) {
    problems.push(
      problem('missing-close-brace', entry.name ?? entry.keyword, `${title}: no line with only '}' ends it`),
    );
  } else {
    problems.push(...besideBrace(entry.close.extra, '}'));
  }
  return problems;
}

function besideBrace(extra: readonly Word[], text: '{' | '}'): readonly Problem[] {
  const first = extra[0];
  const last = extra.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    problem(
      'text-beside-brace',
      { start: first.start, end: last.end },
      `'${text}' must stand alone on its line`,
    ),
  ];
}

function bodyProblem(node: BodyNode): Problem | undefined {
  switch (node.type) {
    case 'Attribute': {
      const { name, operator } = node;
      if (name === null || operator === null || name.end !== operator.start) return undefined;
      return problem(
        'missing-space-before-operator',
        name,
        `'${name.text}' needs a space before the operator`,
      );
    }
    case 'Directive':
      return problem(
        'misplaced-directive',
        node,
        `'${node.keyword?.text ?? ''}' cannot stand inside a section`,
      );
    case 'Unknown':
      return unknownProblem(node.words[0], node);
    case 'Comment':
    case 'Blank':
      return undefined;
  }
}

function unknownProblem(first: Word | undefined, at: Range): Problem {
  const text = first?.text ?? '';
  if (text.startsWith('\0'))
    return problem('nul-byte', at, 'the daemon does not see what follows a NUL byte');
  if (/^[+-]?=$/.test(text))
    return problem('missing-attribute-name', at, 'an attribute name must stand before the operator');
  return problem('missing-operator', at, `'${text}' is not followed by '=', '+=' or '-='`);
}

/** A fault of a line outside all entries. */
export function topLevelProblem(first: Word | undefined, at: Range): Problem {
  const text = first?.text ?? '';
  if (/^(?:\uFEFF|\xEF\xBB\xBF)/.test(text)) {
    return problem('byte-order-mark', at, 'the file begins with a byte order mark');
  }
  if (text.startsWith('\0'))
    return problem('nul-byte', at, 'the daemon does not see what follows a NUL byte');
  return problem(
    'text-outside-section',
    at,
    `'${text}' is no 'service', 'defaults', 'include' or 'includedir'`,
  );
}

export function missingPath(keyword: Word): Problem {
  return problem('missing-path', keyword, `'${keyword.text}' needs a path`);
}
