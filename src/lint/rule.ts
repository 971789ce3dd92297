import type {
  Attribute,
  BlockEntry,
  Comment,
  Directive,
  Entry,
  File,
  Format,
  Problem,
  Unknown,
} from '../ast/nodes.ts';
import type { RelatedLocation, Severity } from '../diagnostics/diagnostic.ts';
import type { ModelDiagnostic, Service } from '../model/service.ts';
import type { Range } from '../text/range.ts';
import type { SourceText } from '../text/source-text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { Analysis } from './analysis.ts';
import type { Effect } from './effect.ts';
import type { LineVerdict } from './judgement.ts';
import type { ServiceView } from './service-view.ts';
import type { SourceTree } from './source-tree.ts';
import type { UsedDirective } from './suppressions/suppress.ts';
import type { Target } from './target.ts';

/** Groups of rules, in the order in which they are listed. */
export const ruleGroups = [
  'syntax',
  'correctness',
  'security',
  'performance',
  'portability',
  'style',
  'migration',
  'meta',
] as const;
export type RuleGroup = (typeof ruleGroups)[number];

/** `group/rule`; public API, never renamed. */
export type RuleName = `${RuleGroup}/${string}`;

/** Example texts: fragments, as documentation shows them. `...` stands for the attributes that an entry needs besides. */
export interface RuleExamples {
  readonly bad: string;
  readonly good: string;
  readonly format?: Format;
  /** Further files of the bad and of the good example, by path; the example itself is `xinetd.conf`. */
  readonly files?: { readonly bad?: FileTexts; readonly good?: FileTexts };
  /** What the configuration of xcfg has to say for the example to be bad. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly target?: Partial<Target>;
  /** Rules that the bad example breaks as well, because this one is about what comes of it. */
  readonly also?: readonly RuleName[];
}

type FileTexts = Readonly<Record<string, string>>;

/** One setting of a rule; the default tells the type. */
export interface RuleOption<T = unknown> {
  readonly default: T;
  readonly summary: string;
  /** The texts are regular expressions. */
  readonly isPattern?: boolean;
}
export type RuleOptions = Readonly<Record<string, RuleOption>>;
export type OptionValues<O extends RuleOptions> = { readonly [Name in keyof O]: O[Name]['default'] };

export type Benchmark = 'CIS' | 'STIG';
/** The benchmark, its edition where the number depends on it, and the number. */
export type BenchmarkItem = `${Benchmark} ${string}`;

/** What there is to know about a rule; documentation, `explain` and reports read it. */
export interface RuleMeta<O extends RuleOptions = RuleOptions> {
  readonly name: RuleName;
  /** What it finds, in one sentence. */
  readonly summary: string;
  readonly severity: Severity;
  readonly formats: readonly Format[];
  /** How much has to be seen: a line, an entry, a file, or everything reachable from the main file. */
  readonly scope: 'line' | 'entry' | 'file' | 'tree';
  readonly effect: Effect;
  /** What fixes it normally makes; the safety of each is computed when it is made. */
  readonly fixable: 'no' | 'safe' | 'unsafe' | 'safe or unsafe' | 'by convert';
  /** Facts of the host without which the rule, or a part of it, stays silent. */
  readonly facts: 'none' | 'opt-in' | 'target';
  readonly since: string;
  /** Why it matters, with what was observed. */
  readonly why: string;
  /** Where it is read: sections of the manual, sources, public reports. */
  readonly references: readonly string[];
  readonly examples: RuleExamples;
  /** Items of benchmarks (`CIS ...`, `STIG ...`) that ask for all that it finds; a finding may have its own. */
  readonly items?: readonly BenchmarkItem[];
  readonly options?: O;
  /**
   * Rules whose findings at the same attribute (or the same line) follow from one of this rule and are left out:
   * one root cause is one finding.
   */
  readonly explains?: readonly (RuleName | `${RuleGroup}/*`)[];
  /** Rules whose findings follow from one of this rule only where they are about the same words. */
  readonly explainsAtWord?: readonly (RuleName | `${RuleGroup}/*`)[];
  /** Rules whose findings anywhere in the same file follow from one of this rule. */
  readonly explainsInFile?: readonly RuleName[];
  /** Its fixes are made only when the rule is named: they are what a person has to want. */
  readonly isFixedOnRequest?: boolean;
}

/** What a rule found. Safety of the fix, severity and effect are settled by the engine. */
export interface Finding {
  /** The narrowest range that shows it. */
  readonly at: Range;
  /** What is wrong, the offending word quoted, and what to write instead. */
  readonly message: string;
  /** Where it is milder or worse than the rule usually is. */
  readonly severity?: Severity;
  /** Where it is another than the rule's usual one. */
  readonly effect?: Effect;
  /** What the daemon does here, as a clause, where the class of the effect does not say it. */
  readonly consequence?: string;
  readonly related?: readonly RelatedLocation[];
  /** Attributes of which any would do: it is about their absence. */
  readonly lacks?: readonly string[];
  /** The attribute that a line with another name was meant to be. */
  readonly means?: string;
  /** Items of benchmarks that ask for this, where they are not those of the rule. */
  readonly items?: readonly BenchmarkItem[];
  readonly fix?: ProposedFix;
  /** The range holds a secret: no report shows its text. */
  readonly isSecret?: boolean;
}

export interface ProposedFix {
  readonly description: string;
  readonly edits: readonly TextEdit[];
  /** Says more than the text does, so that nobody wants it without having asked. */
  readonly isIntrusive?: boolean;
  /** Only brings back a limit that was forgotten: for inetd.conf, where no model can tell. */
  readonly isNarrowing?: boolean;
}

/** A finding that may stand in any file of the tree. */
export interface TreeFinding extends Finding {
  readonly source: SourceText;
}

export interface RuleContext<O extends RuleOptions = RuleOptions> {
  readonly source: SourceText;
  readonly file: File;
  readonly tree: SourceTree;
  readonly analysis: Analysis;
  readonly target: Target;
  readonly options: OptionValues<O>;
  readonly report: (finding: Finding) => void;
}

export interface TreeRuleContext<O extends RuleOptions = RuleOptions> {
  readonly tree: SourceTree;
  readonly analysis: Analysis;
  readonly target: Target;
  readonly options: OptionValues<O>;
  readonly report: (finding: TreeFinding) => void;
}

/** What a rule wants to be called for; one walk of the tree serves all rules. */
export interface RuleHandlers {
  readonly File?: (file: File) => void;
  readonly Entry?: (entry: Entry) => void;
  readonly Attribute?: (attribute: Attribute, entry: Entry) => void;
  readonly Directive?: (directive: Directive, entry: BlockEntry | null) => void;
  readonly Comment?: (comment: Comment, entry: Entry | null) => void;
  readonly Unknown?: (unknown: Unknown, entry: BlockEntry | null) => void;
  /** A fault that the grammar found. */
  readonly Problem?: (problem: Problem, entry: Entry | null) => void;
}

/** A rule: data and pure functions. It never prints, never reads files, never sees another rule. */
export interface Rule<O extends RuleOptions = RuleOptions> {
  readonly meta: RuleMeta<O>;
  /** Looks at one file of the tree. */
  readonly check?: (context: RuleContext<O>) => RuleHandlers;
  /** Looks at all files of the tree together, once. */
  readonly checkTree?: (context: TreeRuleContext<O>) => void;
  /** Looks at what suppression comments have done, once everything else is known. */
  readonly checkSuppressions?: (context: SuppressionContext) => void;
}

export interface SuppressionContext {
  readonly directives: readonly UsedDirective[];
  /** Whether a rule, or one of a `group/*`, was active and had what it needs. */
  readonly isActive: (pattern: string) => boolean;
  readonly report: (finding: TreeFinding) => void;
}

/** Forgets the types of a rule's options; the engine passes on what was validated against them. */
export function defineRule<O extends RuleOptions>(rule: Rule<O>): Rule {
  return rule as unknown as Rule;
}

/** Handlers of a rule that looks at each service of a file, whatever the format. */
export function eachService(
  { source, analysis }: Pick<RuleContext, 'source' | 'analysis'>,
  look: (view: ServiceView) => void,
): RuleHandlers {
  return {
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      if (view !== undefined) look(view);
    },
  };
}

/** Handlers of a rule that looks at what the daemon would log about each attribute line by itself. */
export function eachMessage(
  { source, analysis }: Pick<RuleContext, 'source' | 'analysis'>,
  look: (message: ModelDiagnostic, verdict: LineVerdict, entry: BlockEntry) => void,
): RuleHandlers {
  return {
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      for (const verdict of analysis.judge(entry, source).lines) {
        for (const message of verdict.messages) look(message, verdict, entry);
      }
    },
  };
}

/**
 * Handlers of a rule that looks at services that would run: for what xinetd reads with what they resolve to, for another
 * inetd.conf every line that is not switched off.
 */
export function eachRunning(
  { source, analysis }: Pick<RuleContext, 'source' | 'analysis'>,
  look: (view: ServiceView, service: Service | null) => void,
): RuleHandlers {
  return {
    Entry: (entry) => {
      const view = analysis.view(entry, source);
      if (view === undefined || view.isOff) return;
      const fate = analysis.fateOf(entry, source);
      if (fate.kind === 'runs') look(view, fate.service);
      else if (fate.kind === 'unknown') look(view, null);
    },
  };
}
