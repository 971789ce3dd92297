import { attributePage } from '../catalog/attribute-page.ts';
import { attributes } from '../catalog/attributes.ts';
import { findAttribute } from '../catalog/catalogue.ts';
import { sectionKeywords } from '../catalog/sections.ts';
import { codeSection, conversionCodes, meaningOfCode } from '../convert/codes.ts';
import { loadRules, ruleNames } from '../lint/registry.ts';
import { rulePage } from '../lint/rule-page.ts';
import { closestWord } from '../text/closest-word.ts';
import type { CommandIo } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { ExplainOptions } from './explain.ts';
import { write } from './output.ts';
import { readerCodeMeaning, readerCodes } from './reader-codes.ts';
import { UsageError } from './usage-error.ts';

/** The work of `xcfg explain`. */
export async function runExplain({ name }: ExplainOptions, io: CommandIo): Promise<ExitCode> {
  const meaning = meaningOfCode(name);
  // An attribute and what becomes of it can have one name.
  const reader = readerCodeMeaning(name);
  const parts = [
    await pageOf(name),
    meaning === undefined ? undefined : codeSection(name, meaning),
    reader === undefined ? undefined : `# ${name}\n\n${reader}\n`,
  ];
  const found = parts.filter((part) => part !== undefined);
  if (found.length === 0) {
    const names = [
      ...ruleNames,
      ...attributes.flatMap((each) => [each.name, ...each.aliases]),
      ...Object.keys(conversionCodes),
      ...Object.keys(readerCodes),
    ];
    const near = closestWord(name, names);
    throw new UsageError(
      `there is no rule, attribute or code "${name}"`,
      near === undefined ? '"xcfg rules" lists the rules' : `did you mean "${near}"?`,
    );
  }
  await write(io.stdout, found.join('\n'));
  return exitCodes.ok;
}

async function pageOf(name: string): Promise<string | undefined> {
  const attribute = findAttribute(name);
  if (attribute !== undefined) return attributePage(attribute);
  const section = sectionKeywords.find((each) => each.name === name);
  if (section !== undefined) return `# ${section.form}\n\n${section.documentation}\n`;
  // A rule is found without its group too, because logs and people leave it out.
  const rule = ruleNames.find((each) => each === name) ?? ruleNames.find((each) => each.endsWith(`/${name}`));
  if (rule === undefined) return undefined;
  const [loaded] = await loadRules([rule]);
  return loaded === undefined ? undefined : rulePage(loaded);
}
