import { dirname, resolve } from 'node:path';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import type { Configuration, FactsSettings, RuleEntries } from '../config/configuration.ts';
import type { ConfigurationFile } from '../config/find-configuration.ts';
import { isPath } from '../config/preset-name.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { knownNames } from '../lint/known-names.ts';
import type { Rule } from '../lint/rule.ts';
import { RuleSettings, type SettingsLayer } from '../lint/rule-settings.ts';
import { defaultTarget, type Target } from '../lint/target.ts';
import { FileError } from './file-error.ts';
import { isSystemError, systemReason } from './system-error.ts';
import { templatePattern } from './template-option.ts';

/** What the configuration files for a folder come to. */
export interface LintConfiguration {
  readonly settings: RuleSettings;
  /** The files that it comes from, what is extended before what extends it. */
  readonly sources: readonly string[];
  /** Everything that is said beside rules, by key, with what said it last. */
  readonly values: ReadonlyMap<string, ConfiguredValue>;
  readonly target: Target;
  readonly locked: readonly string[];
  readonly failOn: Severity | undefined;
  readonly placeholders: readonly RegExp[];
  readonly facts: (FactsSettings & { readonly folder: string }) | undefined;
  /** The format that patterns give a file, by its absolute path. */
  readonly formatOf: (path: string) => 'xinetd' | 'inetd' | undefined;
}

export interface ConfiguredValue {
  readonly value: unknown;
  readonly from: string;
}

export interface ConfigurationChoice {
  /** `false` looks for none. */
  readonly file: string | false | undefined;
  readonly cwd: string;
  readonly commandLine: RuleEntries;
  readonly dialect: DialectChoice | undefined;
  /** Kinds or patterns of templates, as `--template` says them. */
  readonly templates: readonly string[];
}

/** Thrown when a configuration file has faults: each has its place. */
export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';
  readonly problems: readonly Diagnostic[];

  constructor(problems: readonly Diagnostic[]) {
    super('the configuration of xcfg has faults');
    this.problems = problems;
  }
}

/** Finds and reads configuration files, each folder once. */
export class ConfigurationLoader {
  readonly #rules: readonly Rule[];
  readonly #choice: ConfigurationChoice;
  readonly #byFolder = new Map<string, Promise<LintConfiguration>>();

  constructor(rules: readonly Rule[], choice: ConfigurationChoice) {
    this.#rules = rules;
    this.#choice = choice;
  }

  /**
   * The configuration for a file.
   * @throws InvalidConfiguration, FileError
   */
  for(path: string): Promise<LintConfiguration> {
    const folder = this.#choice.file === undefined ? dirname(resolve(this.#choice.cwd, path)) : '';
    let found = this.#byFolder.get(folder);
    if (found === undefined) {
      found = this.#load(folder);
      this.#byFolder.set(folder, found);
    }
    return found;
  }

  async #load(folder: string): Promise<LintConfiguration> {
    const layers = await this.#layers(folder);
    const settings = new RuleSettings(this.#rules, layers, this.#choice.commandLine);
    const all = layers.map(({ configuration }) => configuration);
    const target: Target = Object.assign({}, defaultTarget, ...all.map((each) => each.target ?? {}), {
      isVersionGiven: all.some((each) => each.target?.version !== undefined),
    });
    const { dialect } = this.#choice;
    const facts = layers.findLast(({ configuration }) => configuration.facts !== undefined);
    return {
      settings,
      sources: [
        ...new Set(layers.flatMap(({ configuration, name }) => (isPresetLayer(configuration) ? [] : [name]))),
      ],
      values: configuredValues(layers, this.#choice),
      target: dialect === undefined || dialect === 'auto' ? target : { ...target, inetdDialect: dialect },
      locked: all.flatMap(({ locked }) => locked ?? []),
      failOn: all.findLast(({ failOn }) => failOn !== undefined)?.failOn,
      placeholders: [
        ...all
          .flatMap(({ templates }) => templates?.ignorePatterns ?? [])
          .map((each) => new RegExp(each, 'g')),
        ...this.#choice.templates.map(templatePattern),
      ],
      facts: facts?.configuration.facts && { ...facts.configuration.facts, folder: facts.folder },
      formatOf: (path) => formatOf(layers, path),
    };
  }

  /** The nearest file, and what it extends before it. */
  async #layers(folder: string): Promise<readonly FileLayer[]> {
    const { file, cwd } = this.#choice;
    if (file === false) return [];
    const { findConfiguration, openConfiguration } = await import('../config/find-configuration.ts');
    const found =
      file === undefined ? findConfiguration(folder) : open(resolve(cwd, file), openConfiguration);
    if (found === undefined) return [];
    return await this.#readLayers(found, [found.source.path]);
  }

  async #readLayers(file: ConfigurationFile, chain: readonly string[]): Promise<FileLayer[]> {
    const { parseConfiguration } = await import('../config/parse-configuration.ts');
    const { PathPatterns } = await import('../config/path-patterns.ts');
    const { openConfiguration } = await import('../config/find-configuration.ts');
    const { configuration, problems } = parseConfiguration(file.source, knownNames(this.#rules), file.key);
    if (problems.length > 0) throw new InvalidConfiguration(problems);
    const matches: SettingsLayer['matches'] = (patterns, path) =>
      new PathPatterns(file.folder, patterns).matches(resolve(this.#choice.cwd, path));
    const { folder } = file;
    const layers: FileLayer[] = [];
    for (const name of configuration.extends ?? []) {
      if (!isPath(name)) {
        layers.push({ configuration: { extends: [name] }, name: file.source.path, matches, folder });
        continue;
      }
      const path = resolve(folder, name);
      if (chain.includes(path)) throw new FileError(path, 'this configuration extends itself');
      layers.push(...(await this.#readLayers(open(path, openConfiguration), [...chain, path])));
    }
    const { extends: _extended, ...own } = configuration;
    return [...layers, { configuration: own, name: file.source.path, matches, folder }];
  }
}

interface FileLayer extends SettingsLayer {
  readonly folder: string;
}

/** A preset among what a file extends stands as a layer of its own. */
function isPresetLayer(configuration: Configuration): boolean {
  return Object.keys(configuration).join() === 'extends';
}

function configuredValues(
  layers: readonly FileLayer[],
  { dialect, templates }: ConfigurationChoice,
): ReadonlyMap<string, ConfiguredValue> {
  const values = new Map<string, ConfiguredValue>();
  for (const [key, value] of Object.entries(defaultTarget)) {
    values.set(`target.${key}`, { value, from: 'default' });
  }
  for (const { configuration, name } of layers) {
    const { target = {}, rules: _rules, overrides: _overrides, extends: _extends, ...others } = configuration;
    for (const [key, value] of Object.entries(target)) values.set(`target.${key}`, { value, from: name });
    for (const [key, value] of Object.entries(others)) values.set(key, { value, from: name });
  }
  if (dialect !== undefined) values.set('target.inetdDialect', { value: dialect, from: 'command line' });
  if (templates.length > 0) values.set('--template', { value: templates, from: 'command line' });
  return values;
}

function open(path: string, openFile: (path: string) => ConfigurationFile): ConfigurationFile {
  try {
    return openFile(path);
  } catch (error) {
    throw isSystemError(error) ? new FileError(path, systemReason(error)) : error;
  }
}

function formatOf(layers: readonly FileLayer[], path: string): 'xinetd' | 'inetd' | undefined {
  for (const { configuration, matches } of [...layers].reverse()) {
    const files: Configuration['files'] = configuration.files ?? {};
    const found = Object.entries(files).findLast(([pattern]) => matches([pattern], path));
    if (found !== undefined) return found[1];
  }
  return undefined;
}
