import { Chalk } from 'chalk';
import type { ArgumentsCamelCase } from 'yargs';
import type { Configuration } from '../model/service.ts';
import { escapeControl } from '../text/escape-control.ts';
import { exactJson } from '../text/exact-json.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import type { EffectiveOptions } from './effective.ts';
import { effectiveDocument } from './effective-json.ts';
import { effectiveText, plainStyle, type TextStyle } from './effective-text.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { mainFormat } from './main-format.ts';
import { write } from './output.ts';
import { resolveInput } from './resolve-input.ts';

/** The work of `xcfg effective`. */
export async function runEffective(
  args: ArgumentsCamelCase<EffectiveOptions & CommonOptions>,
  io: CommandIo,
): Promise<ExitCode> {
  const format = mainFormat('--from', args.from, args.profile);
  const configuration = await resolveInput(args.file, format, args, io);
  const text = args.json
    ? `${exactJson(effectiveDocument(configuration))}\n`
    : effectiveText(configuration, styleOf(args, io));
  await write(io.stdout, text);
  if (!args.json) await write(io.stderr, outsideEntries(configuration));
  return isComplete(configuration) ? exitCodes.ok : exitCodes.findings;
}

function styleOf(args: CommonOptions, io: CommandIo): TextStyle {
  if (!wantsColor(io.stdout, io.env, args.color)) {
    return io.stdout.isTTY === true ? { ...plainStyle, value: escapeControl } : plainStyle;
  }
  const chalk = new Chalk({ level: 1 });
  return { comment: chalk.dim, keyword: chalk.bold, value: escapeControl };
}

/** Whether everything that is not switched off runs, and nothing was said that counts as an error. */
function isComplete({ accepted, dropped, diagnostics }: Configuration): boolean {
  const isLost = dropped.some((entry) => entry.cause === 'fault');
  return (
    accepted &&
    !isLost &&
    !diagnostics.some(({ severity }) => severity === 'ERROR' || severity === 'CRITICAL')
  );
}

/** Messages that no dropped entry shows: unreadable includes, text outside of entries, lines that were passed over. */
function outsideEntries({ dropped, diagnostics }: Configuration): string {
  const shown = new Set(dropped.flatMap((entry) => entry.reasons));
  return diagnostics
    .filter((diagnostic) => diagnostic.severity !== 'DEBUG' && !shown.has(diagnostic))
    .map(({ severity, message, file, line }) => {
      const place = file === undefined ? '' : `${file}:${line ?? 0}: `;
      return `${escapeControl(`${place}${severity.toLowerCase()}: ${message.replace(/\n+$/, '')}`)}\n`;
    })
    .join('');
}
