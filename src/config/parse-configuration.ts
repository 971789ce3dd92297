import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { closestWord } from '../text/closest-word.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Configuration } from './configuration.ts';
import { type OptionShape, optionFault } from './option-fault.ts';
import { isPath } from './preset-name.ts';
import { configurationSchema, keysAt } from './schema.ts';

/** Names that a configuration may use, for finding misspelt ones. */
export interface KnownNames {
  /** Rules, and `group/*` for each group. */
  readonly rules: readonly string[];
  readonly presets: readonly string[];
  /** Names of daemons that read inetd.conf. */
  readonly dialects: readonly string[];
  /** Options of a rule. */
  readonly optionsOf: (rule: string) => Readonly<Record<string, OptionShape>>;
}

export interface ParsedConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Diagnostic[];
}

/** Reads a configuration text (JSON with comments); every problem has its place. `key` is where it stands in the file. */
export function parseConfiguration(source: SourceText, names: KnownNames, key?: string): ParsedConfiguration {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const node = key === undefined ? root : root && findNodeAtLocation(root, [key]);
  if (errors.length > 0) {
    const problems = errors.map(({ error, offset, length }) =>
      problem(
        source,
        { start: offset, end: offset + length },
        `no valid JSON: ${sentence(printParseErrorCode(error))}`,
      ),
    );
    return { configuration: {}, problems };
  }
  if (node === undefined) return { configuration: {}, problems: [] };
  const repeated = repeatedKeys(node, source);
  if (repeated.length > 0) return { configuration: {}, problems: repeated };
  const value = readValue(node);
  const result = v.safeParse(configurationSchema, value);
  if (!result.success) {
    return { configuration: {}, problems: result.issues.map((issue) => issueProblem(issue, node, source)) };
  }
  return { configuration: result.output, problems: nameProblems(result.output, node, names, source) };
}

/** `PropertyNameExpected` as words. */
function sentence(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Readers of JSON take one of several values without a word, and not all of them the same one. */
function repeatedKeys(node: Node, source: SourceText): Diagnostic[] {
  const seen = new Set<unknown>();
  return (node.children ?? []).flatMap((child) => {
    const [name] = child.children ?? [];
    if (child.type !== 'property' || name === undefined) return repeatedKeys(child, source);
    const isRepeated = seen.has(name.value);
    seen.add(name.value);
    return [
      ...(isRepeated ? [problem(source, rangeOf(name), `"${name.value}" is there twice`)] : []),
      ...repeatedKeys(child, source),
    ];
  });
}

function readValue(node: Node): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        (node.children ?? []).map(({ children: [name, value] = [] }) => [
          String(name?.value),
          value === undefined ? undefined : readValue(value),
        ]),
      );
    case 'array':
      return (node.children ?? []).map(readValue);
    default:
      return node.value;
  }
}

function issueProblem(issue: v.BaseIssue<unknown>, root: Node, source: SourceText): Diagnostic {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = path.at(-1);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const near = closestWord(String(name), keysAt(path.slice(0, -1)));
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return problem(source, keyRange(root, path), `unknown key "${name}"${hint}`);
  }
  const at = findNodeAtLocation(root, path);
  if (at === undefined) {
    const place = findNodeAtLocation(root, path.slice(0, -1)) ?? root;
    return problem(source, rangeOf(place), `"${name}" is missing`);
  }
  if (issue.kind === 'validation')
    return problem(
      source,
      rangeOf(at),
      `${JSON.stringify(at.type === 'string' ? at.value : name)} ${issue.message}`,
    );
  const expected = issue.expected ?? 'something else';
  return problem(source, rangeOf(at), `"${name ?? ''}" must be ${expected}, not ${issue.received}`);
}

function nameProblems(
  configuration: Configuration,
  root: Node,
  names: KnownNames,
  source: SourceText,
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const check = (name: string, known: readonly string[], what: string, at: Range) => {
    if (known.includes(name)) return;
    const near = closestWord(name, known);
    problems.push(
      problem(
        source,
        at,
        `there is no ${what} "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
      ),
    );
  };
  const layers = [
    { path: [] as (string | number)[], layer: configuration },
    ...(configuration.overrides ?? []).map((layer, index) => ({ path: ['overrides', index], layer })),
  ];
  for (const { path, layer } of layers) {
    for (const [rule, entry] of Object.entries(layer.rules ?? {})) {
      check(rule, names.rules, 'rule', keyRange(root, [...path, 'rules', rule]));
      if (typeof entry === 'string') continue;
      const options = names.optionsOf(rule);
      for (const [option, value] of Object.entries(entry[1])) {
        const place = [...path, 'rules', rule, 1, option];
        check(option, Object.keys(options), `option of ${rule}`, keyRange(root, place));
        const shape = Object.hasOwn(options, option) ? options[option] : undefined;
        const fault = shape === undefined ? undefined : optionFault(value, shape);
        if (fault === undefined) continue;
        const at = rangeOf(findNodeAtLocation(root, place) ?? root);
        problems.push(problem(source, at, `"${option}" ${fault}`));
      }
    }
    for (const [index, preset] of (layer.extends ?? []).entries()) {
      // A path is looked for when it is read.
      if (isPath(preset)) continue;
      const at = findNodeAtLocation(root, [...path, 'extends', index]);
      check(preset, names.presets, 'preset', rangeOf(at ?? root));
    }
  }
  const dialect = configuration.target?.inetdDialect;
  if (dialect !== undefined) {
    const at = findNodeAtLocation(root, ['target', 'inetdDialect']) ?? root;
    check(dialect, names.dialects, 'dialect', rangeOf(at));
  }
  for (const [index, rule] of (configuration.locked ?? []).entries()) {
    check(rule, names.rules, 'rule', rangeOf(findNodeAtLocation(root, ['locked', index]) ?? root));
  }
  return problems;
}

/** The range of a key, where there is one; a value otherwise. */
function keyRange(root: Node, path: readonly (string | number)[]): Range {
  const value = findNodeAtLocation(root, [...path]);
  return rangeOf(
    value?.parent?.type === 'property' ? (value.parent.children?.[0] ?? value) : (value ?? root),
  );
}

function rangeOf({ offset, length }: Node): Range {
  return { start: offset, end: offset + length };
}

function problem(source: SourceText, range: Range, message: string): Diagnostic {
  return { code: 'invalid-configuration', severity: 'error', message, location: { source, range } };
}
