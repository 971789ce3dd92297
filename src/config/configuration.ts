import type { Severity } from '../diagnostics/diagnostic.ts';

/** `off`, or how severe a rule is. */
export type RuleLevel = Severity | 'off';
export type RuleEntry = RuleLevel | readonly [level: RuleLevel, options: Readonly<Record<string, unknown>>];
/** By rule, or by `group/*`. */
export type RuleEntries = Readonly<Record<string, RuleEntry>>;

/** The machine and daemon that the files are for; what is left out is not known. */
export interface TargetSettings {
  readonly daemon?: 'xinetd' | 'inetd';
  readonly version?: string;
  readonly platform?: string;
  readonly inetdDialect?: string;
  readonly libwrap?: boolean;
  readonly inetdCompat?: boolean;
  readonly environment?: 'host' | 'container';
}

export interface Override {
  readonly files: readonly string[];
  readonly extends?: readonly string[];
  readonly rules?: RuleEntries;
}

/** What a configuration file of xcfg may hold; docs/configuration.md and schema/xcfg.schema.json describe it. */
export interface Configuration {
  readonly $schema?: string;
  readonly root?: boolean;
  readonly target?: TargetSettings;
  /** Formats of files whose text does not say it, by pattern. */
  readonly files?: Readonly<Record<string, 'xinetd' | 'inetd'>>;
  /** Presets, or paths of further configuration files. */
  readonly extends?: readonly string[];
  readonly rules?: RuleEntries;
  readonly overrides?: readonly Override[];
  /** Rules that no comment can silence. */
  readonly locked?: readonly string[];
  readonly failOn?: Severity;
  readonly requireReason?: boolean;
  readonly network?: { readonly firewalled?: boolean };
  readonly facts?: FactsSettings;
  readonly templates?: { readonly ignorePatterns?: readonly string[] };
}

export interface FactsSettings {
  readonly mode?: 'off' | 'snapshot' | 'live';
  readonly file?: string;
  readonly root?: string;
  readonly dns?: boolean;
}
