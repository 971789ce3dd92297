import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { SuppressionDirective } from './directive.ts';

/** A directive with what it has silenced. */
export interface UsedDirective {
  readonly source: SourceText;
  readonly directive: SuppressionDirective;
  /** The words of its list that have silenced something. */
  readonly used: ReadonlySet<string>;
}

export interface Suppressed {
  readonly kept: readonly Diagnostic[];
  readonly directives: readonly UsedDirective[];
}

/** Leaves out what directives silence. `meta/*` and locked rules cannot be silenced. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  directives: ReadonlyMap<SourceText, readonly SuppressionDirective[]>,
  locked: (rule: string) => boolean,
): Suppressed {
  const used = new Map<SuppressionDirective, Set<string>>();
  const kept = diagnostics.filter((diagnostic) => {
    const { source, range } = diagnostic.location;
    const here = directives.get(source);
    if (here === undefined || here.length === 0) return true;
    if (diagnostic.code.startsWith('meta/') || locked(diagnostic.code)) return true;
    const line = source.lineAt(range.start);
    let isSilenced = false;
    for (const directive of here) {
      const word = silencing(directive, diagnostic.code, line);
      if (word === undefined) continue;
      used.set(directive, (used.get(directive) ?? new Set()).add(word));
      isSilenced = true;
    }
    return !isSilenced;
  });
  return {
    kept,
    directives: [...directives].flatMap(([source, list]) =>
      list.map((directive) => ({ source, directive, used: used.get(directive) ?? new Set<string>() })),
    ),
  };
}

/** The word of a directive that silences a rule on a line. */
function silencing(
  { kind, lines, rules }: SuppressionDirective,
  code: string,
  line: number,
): string | undefined {
  if (kind === null || kind === 'enable' || lines === null || rules === null) return undefined;
  if (line < lines.first || line > lines.last) return undefined;
  return rules.find(({ text }) => matchesRule(text, code))?.text;
}

/** `group/rule`, or `group/*` for all of a group. */
export function matchesRule(pattern: string, rule: string): boolean {
  return pattern.endsWith('/*') ? rule.startsWith(pattern.slice(0, -1)) : pattern === rule;
}
