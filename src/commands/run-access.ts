import { Chalk } from 'chalk';
import type { ArgumentsCamelCase } from 'yargs';
import type { Format } from '../ast/nodes.ts';
import { type ProfileName, profileNames } from '../catalog/profiles.ts';
import type { Location } from '../diagnostics/diagnostic.ts';
import { clientAddress } from '../model/access/client-address.ts';
import type { AccessQuestion, AccessStep } from '../model/access/step.ts';
import { hasLibwrapRules } from '../model/host/libwrap-rules.ts';
import { quirksOf } from '../model/profiles.ts';
import type { Configuration } from '../model/service.ts';
import { closestWord } from '../text/closest-word.ts';
import { escapeControl } from '../text/escape-control.ts';
import type { AccessOptions } from './access.ts';
import { type AccessAnswer, answersOf } from './access-answers.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { mainFormat } from './main-format.ts';
import { write } from './output.ts';
import { resolveInput, type Surroundings, surroundingsOf } from './resolve-input.ts';
import { UsageError } from './usage-error.ts';

/** The same question under another profile. */
interface OtherReading {
  readonly profile: ProfileName;
  readonly answers: readonly AccessAnswer[];
}

/** The work of `xcfg access`. */
export async function runAccess(
  args: ArgumentsCamelCase<AccessOptions & CommonOptions>,
  io: CommandIo,
): Promise<ExitCode> {
  const client = clientAddress(args.from);
  if (client === undefined)
    throw new UsageError(`'${args.from}' is no address`, 'name an IPv4 or IPv6 address');
  const minute = args.at === undefined ? undefined : minuteOf(args.at);
  const surroundings = surroundingsOf(args, io);
  const hasRules = hasLibwrapRules(surroundings.etc, surroundings.etcFiles);
  const question = { client, address: args.from, host: args.host, minute, hasLibwrapRules: hasRules };
  const format = mainFormat('--input-format', args.inputFormat, args.profile);
  const configuration = await resolveInput(args.file, format, args, io, surroundings);
  const { tables } = surroundings;
  const answers = await answersOf(configuration, args.service, question, {
    quirks: quirksOf(args.profile),
    tables,
  });
  if (answers.length === 0) throw unknownService(args.service, configuration);
  if (args.json) await write(io.stdout, jsonText(args, answers));
  else {
    const others = await otherReading(args, format, question, surroundings, io);
    await write(io.stdout, answersText(args, answers, io) + differenceText(answers, others));
  }
  const isAllowed = answers.some((answer) => answer.verdict === 'allowed');
  return isAllowed ? exitCodes.ok : exitCodes.findings;
}

/** What the other profile says; nothing of standard input, which can be read once only. */
async function otherReading(
  args: AccessOptions,
  format: Format | undefined,
  question: AccessQuestion,
  surroundings: Surroundings,
  io: CommandIo,
): Promise<OtherReading | undefined> {
  const profile = profileNames.find((name) => name !== args.profile);
  if (args.file === undefined || args.file === '-' || profile === undefined) return undefined;
  const configuration = await resolveInput(args.file, format, { ...args, profile }, io, surroundings);
  const host = { quirks: quirksOf(profile), tables: surroundings.tables };
  return { profile, answers: await answersOf(configuration, args.service, question, host) };
}

/** Names the services about which the two profiles disagree: a text may protect under one reading and not under the other. */
function differenceText(answers: readonly AccessAnswer[], other: OtherReading | undefined): string {
  if (other === undefined) return '';
  const lines = answers.flatMap(({ id, verdict }) => {
    const found = other.answers.find((answer) => answer.id === id);
    if (found === undefined || found.verdict === verdict) return [];
    return [
      `\nRead as ${other.profile}, ${escapeControl(id)} ${sameClient[found.verdict]}; --profile ${other.profile} says why\n`,
    ];
  });
  return lines.join('');
}

function minuteOf(text: string): number {
  const [, hours, minutes] = /^([01]?[0-9]|2[0-3]):([0-5][0-9])$/.exec(text) ?? [];
  if (hours === undefined) throw new UsageError(`'${text}' is no time`, 'write HH:MM, 00:00 to 23:59');
  return Number(hours) * 60 + Number(minutes);
}

function unknownService(name: string, { services, dropped }: Configuration): UsageError {
  const entries = [...services, ...dropped];
  const close = closestWord(
    name,
    entries.flatMap((each) => [each.id, each.name]),
  );
  const repair = close === undefined ? knownIds(entries.map(({ id }) => id)) : `did you mean '${close}'?`;
  return new UsageError(`there is no service '${name}'`, repair);
}

/** What can be asked about, as far as one can take it in. */
function knownIds(ids: readonly string[]): string {
  const shown = 12;
  const each = [...new Set(ids)];
  if (each.length === 0) return 'the configuration names none';
  if (each.length > shown) return `name the id of an entry; "xcfg effective" shows all ${each.length}`;
  return `known ids: ${each.join(', ')}`;
}

function jsonText(args: AccessOptions, answers: readonly AccessAnswer[]): string {
  const document = {
    version: 1,
    profile: args.profile,
    from: args.from,
    host: args.host ?? null,
    services: answers.map(({ id, verdict, steps }) => ({
      id,
      verdict,
      steps: steps.map(({ check, outcome, reason, location }) => ({
        check,
        outcome,
        reason,
        file: location?.source.path ?? null,
        line: location === null ? null : lineOf(location),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function lineOf({ source, range }: Location): number {
  return source.lineAt(range.start);
}

const verdicts = {
  allowed: 'gets in',
  refused: 'is refused',
  unknown: 'gets in or not: nobody can say',
} as const;

/** Checks that depend on what the question did not say, with the option that says it. */
const answeredBy: Partial<Readonly<Record<AccessStep['check'], string>>> = {
  access_times: '--at HH:MM',
  address: '--host NAME',
};

function verdictText({ verdict, steps }: AccessAnswer): string {
  const open = verdict === 'unknown' ? steps.filter(({ outcome }) => outcome === 'depends') : [];
  const options = open.flatMap(({ check }) => answeredBy[check] ?? []);
  const lacking = options.length === 0 ? '' : ` without ${[...new Set(options)].join(' and ')}`;
  return verdicts[verdict] + lacking;
}

const sameClient = {
  allowed: 'lets this client in',
  refused: 'refuses this client',
  unknown: 'may let this client in',
} as const;

function answersText(
  args: AccessOptions & CommonOptions,
  answers: readonly AccessAnswer[],
  io: CommandIo,
): string {
  const chalk = new Chalk({ level: wantsColor(io.stdout, io.env, args.color) ? 1 : 0 });
  const colors = { passes: chalk.green, refuses: chalk.red, depends: chalk.yellow };
  const texts = answers.map((answer) => {
    const { id, steps } = answer;
    const title = escapeControl(`${id}: ${args.host ?? args.from} ${verdictText(answer)}`);
    const lines = steps.map(({ check, outcome, reason, location }) => {
      const place = location === null ? '' : ` (${location.source.path}:${lineOf(location)})`;
      return `  ${colors[outcome](outcome.padEnd(7))}  ${check.padEnd(12)}  ${escapeControl(reason + place)}\n`;
    });
    return `${chalk.bold(title)}\n${lines.join('')}`;
  });
  return texts.join('\n');
}
