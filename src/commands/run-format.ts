import type { ArgumentsCamelCase } from 'yargs';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatParsed } from '../format/format-file.ts';
import { parse } from '../grammar/parse.ts';
import { diagnosticOf, type ParseResult } from '../grammar/result.ts';
import { compactLine } from '../report/compact.ts';
import { escapeControl } from '../text/escape-control.ts';
import { SourceText } from '../text/source-text.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { FileError } from './file-error.ts';
import type { FormatOptions } from './format.ts';
import { readInputs } from './input.ts';
import { write } from './output.ts';
import { unifiedDiff } from './unified-diff.ts';
import { UsageError } from './usage-error.ts';
import { writeFileAtomically } from './write-file.ts';

type Arguments = ArgumentsCamelCase<FormatOptions & CommonOptions>;

/** What becomes of the edits that format a file. Resolves to whether it could be done. */
type Deliver = (source: SourceText, edits: readonly TextEdit[]) => Promise<boolean>;

/** The work of `xcfg fmt`. */
export async function runFormat(args: Arguments, io: CommandIo): Promise<ExitCode> {
  refuseContradictions(args);
  const { sources, failures } = await readInputs(args.paths ?? [], io, { stdinFilename: args.stdinFilename });
  const isPrinted = !args.check && !args.write && !args.diff;
  if (isPrinted && sources.length > 1) {
    throw new UsageError('more than one file to print', 'add --check, --diff or --write');
  }
  await report(failures, io);
  const deliver = delivery(args, io);
  let changes = 0;
  let hasFailed = failures.length > 0;
  for (const source of sources) {
    const result = parse(source, args.from === 'auto' ? {} : { format: args.from });
    const { edits, faults } = formatParsed(result);
    await report(
      faults.map((fault) => diagnosticOf(fault, source)),
      io,
    );
    if (faults.length > 0) hasFailed = true;
    if (edits.length > 0) changes += 1;
    else if (!isPrinted) continue;
    const isFine = !args.verify || (await isVerified(result, edits, io));
    if (!isFine || !(await deliver(source, edits))) hasFailed = true;
  }
  const wouldChange = !isPrinted && !args.write && changes > 0;
  if (wouldChange) {
    await write(io.stderr, `${counted(changes)} would change; "xcfg fmt --write" formats what it is given\n`);
  }
  if (hasFailed) return exitCodes.failure;
  return wouldChange ? exitCodes.findings : exitCodes.ok;
}

function refuseContradictions({ check, diff, paths, write: isWritten }: Arguments): void {
  if (isWritten && (check || diff)) {
    throw new UsageError('--write cannot be had together with --check or --diff', 'leave one of them out');
  }
  if (isWritten && (paths === undefined || paths.length === 0 || paths.includes('-'))) {
    throw new UsageError('standard input cannot be rewritten', 'name files, or leave --write out');
  }
}

function delivery(args: Arguments, io: CommandIo): Deliver {
  if (args.write) return (source, edits) => rewrite(source, applyEdits(source.text, edits), io);
  if (args.diff) {
    const isColored = wantsColor(io.stdout, io.env, args.color);
    return (source, edits) => print(io, source.encode(unifiedDiff(source, edits, isColored)));
  }
  if (args.check) return (source) => print(io, `${escapeControl(source.path)}\n`);
  return (source, edits) => print(io, source.encode(applyEdits(source.text, edits)));
}

/** Whether the edits leave alone what they should; where they do not, that is a bug, and said. */
async function isVerified(
  { source, file }: ParseResult,
  edits: readonly TextEdit[],
  io: CommandIo,
): Promise<boolean> {
  const { formatFault, localHost } = await import('./verify-format.ts');
  const after = new SourceText(source.path, applyEdits(source.text, edits), source.encoding);
  const fault = formatFault(source, after, file.format, localHost(io));
  if (fault === null) return true;
  const { path } = source;
  await write(io.stderr, `${escapeControl(`${path}: error: left as it is, by a bug in xcfg ${fault}`)}\n`);
  return false;
}

async function print(io: CommandIo, text: string | Uint8Array): Promise<boolean> {
  await write(io.stdout, text);
  return true;
}

async function rewrite(source: SourceText, text: string, io: CommandIo): Promise<boolean> {
  try {
    writeFileAtomically(source.path, source.encode(text), { expected: source.encode(), cwd: io.cwd });
    await write(io.stderr, `${escapeControl(source.path)}: formatted\n`);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await write(io.stderr, `${escapeControl(`${source.path}: error: ${error.reason}`)}\n`);
    return false;
  }
}

async function report(diagnostics: readonly Diagnostic[], io: CommandIo): Promise<void> {
  if (diagnostics.length > 0) await write(io.stderr, diagnostics.map(compactLine).join(''));
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
