import type { Entry, File, Problem, TopLevel } from '../ast/nodes.ts';
import type { RuleHandlers } from './rule.ts';

type HandlerName = keyof RuleHandlers;

/** A fault that is found by looking at entries together, with the entry that it is about. */
export interface FurtherProblem {
  readonly entry: Entry;
  readonly problem: Problem;
}

/** Calls the handlers of all rules in one walk of a file; parents before what is in them, in source order. */
export function visit(
  file: File,
  rules: readonly RuleHandlers[],
  further: readonly FurtherProblem[] = [],
): void {
  const handlers = collect(rules);
  for (const handle of handlers.File) handle(file);
  for (const problem of file.problems) for (const handle of handlers.Problem) handle(problem, null);
  for (const node of file.children) visitTopLevel(node, handlers);
  for (const { entry, problem } of further) for (const handle of handlers.Problem) handle(problem, entry);
}

type Handlers = { readonly [Name in HandlerName]-?: NonNullable<RuleHandlers[Name]>[] };

function collect(rules: readonly RuleHandlers[]): Handlers {
  const all: Handlers = {
    File: [],
    Entry: [],
    Attribute: [],
    Directive: [],
    Comment: [],
    Unknown: [],
    Problem: [],
  };
  // One look at each rule: this is done for every file.
  for (const rule of rules) {
    if (rule.File !== undefined) all.File.push(rule.File);
    if (rule.Entry !== undefined) all.Entry.push(rule.Entry);
    if (rule.Attribute !== undefined) all.Attribute.push(rule.Attribute);
    if (rule.Directive !== undefined) all.Directive.push(rule.Directive);
    if (rule.Comment !== undefined) all.Comment.push(rule.Comment);
    if (rule.Unknown !== undefined) all.Unknown.push(rule.Unknown);
    if (rule.Problem !== undefined) all.Problem.push(rule.Problem);
  }
  return all;
}

function visitTopLevel(node: TopLevel, handlers: Handlers): void {
  switch (node.type) {
    case 'Entry':
      visitEntry(node, handlers);
      break;
    case 'Directive':
      for (const handle of handlers.Directive) handle(node, null);
      break;
    case 'Comment':
      for (const handle of handlers.Comment) handle(node, null);
      break;
    case 'Unknown':
      for (const handle of handlers.Unknown) handle(node, null);
      break;
    case 'Blank':
      break;
  }
}

function visitEntry(entry: Entry, handlers: Handlers): void {
  // A commented-out line of inetd.conf is a comment, whatever it would say without the `#`.
  if (entry.syntax !== 'block' && entry.disabled?.style === 'comment') return;
  for (const handle of handlers.Entry) handle(entry);
  for (const problem of entry.problems) for (const handle of handlers.Problem) handle(problem, entry);
  if (entry.syntax !== 'block') {
    for (const attribute of entry.attributes)
      for (const handle of handlers.Attribute) handle(attribute, entry);
    return;
  }
  for (const node of entry.body) {
    switch (node.type) {
      case 'Attribute':
        for (const handle of handlers.Attribute) handle(node, entry);
        break;
      case 'Directive':
        for (const handle of handlers.Directive) handle(node, entry);
        break;
      case 'Comment':
        for (const handle of handlers.Comment) handle(node, entry);
        break;
      case 'Unknown':
        for (const handle of handlers.Unknown) handle(node, entry);
        break;
      case 'Blank':
        break;
    }
  }
}
