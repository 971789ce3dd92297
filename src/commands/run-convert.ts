import { statSync } from 'node:fs';
import path from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { conversionFiles, conversionTables } from '../convert/conversion-tables.ts';
import type { Report } from '../convert/diagnostic.ts';
import { detectFormat } from '../grammar/detect.ts';
import { diskFiles } from '../model/host/disk-files.ts';
import { readTables } from '../model/host/disk-tables.ts';
import { hasLibwrapRules } from '../model/host/libwrap-rules.ts';
import { nameOnDisk } from '../text/bare-bytes.ts';
import { SourceText } from '../text/source-text.ts';
import { wasClosed } from './closed-stream.ts';
import { wantsColor } from './color.ts';
import type { CommandIo, CommonOptions } from './command.ts';
import type { Conversion, ConversionInput, NamedText } from './conversion.ts';
import { ConversionReport } from './conversion-report.ts';
import type { ConvertOptions } from './convert.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { FileError } from './file-error.ts';
import { readInput } from './input.ts';
import { write } from './output.ts';
import { PieceEncoder } from './piece-encoder.ts';
import { readMain } from './read-main.ts';
import { isSystemError } from './system-error.ts';
import { unifiedDiff } from './unified-diff.ts';
import { UsageError } from './usage-error.ts';
import { refuseTaken, writeFilesTogether } from './write-folder.ts';

type Arguments = ArgumentsCamelCase<ConvertOptions & CommonOptions>;

/** The work of `xcfg convert`. */
export async function runConvert(args: Arguments, io: CommandIo): Promise<ExitCode> {
  refuseContradictions(args);
  refuseForgottenFolder(args, io);
  refuseClosedStreams(args, io);
  const report = new ConversionReport(args.report, args.strict);
  const input = await readConversionInput(args, io);
  const conversion = await startConversion(input, args, report.add);
  const outcome = await deliver(conversion, args, io);
  for (const text of report.text(conversion.notes())) await write(io.stderr, text);
  // Nobody is told of a reader that went away, but a script must not take what it got for all of it.
  if (outcome === 'cut off') return exitCodes.failure;
  return outcome === 'differs' || report.hasLosses ? exitCodes.findings : exitCodes.ok;
}

function refuseClosedStreams({ file = '-', outDir }: Arguments, io: CommandIo): void {
  if (file === '-' && wasClosed(io.stdin)) throw new FileError('standard input', 'is closed');
  if (outDir === undefined && wasClosed(io.stdout)) {
    // Node puts /dev/null in place of a closed stream, in the way in which some programs throw output away.
    const reason =
      'is closed (or /dev/null, opened to read as well); to throw the result away open it to write only';
    throw new FileError('standard output', reason);
  }
}

function refuseContradictions(args: Arguments): void {
  if (args.outDir !== undefined && args.diff !== undefined) {
    throw new UsageError('--out-dir and --diff cannot be had together', 'leave one of them out');
  }
  if (args.outDir === undefined && (args.force || args.dryRun)) {
    throw new UsageError('--force and --dry-run are about files', 'add --out-dir');
  }
  if (!/^[A-Za-z0-9_.-]*$/.test(args.prefix)) {
    throw new UsageError(`no unit name can begin with "${args.prefix}"`, 'use letters, digits and "_.-"');
  }
  if (args.systemdVersion < 183) {
    throw new UsageError(`no release ${args.systemdVersion} of systemd has sockets`, 'give one as 252');
  }
}

/** `--daemon-dir inetd.conf`: the folder, which need not be there, was left out. */
function refuseForgottenFolder({ daemonDir }: Arguments, io: CommandIo): void {
  if (daemonDir === undefined) return;
  if (statSync(nameOnDisk(path.resolve(io.cwd, daemonDir)), { throwIfNoEntry: false })?.isFile() !== true)
    return;
  throw new UsageError(`--daemon-dir ${daemonDir} is a file`, 'name the folder of the daemons before it');
}

async function readConversionInput(args: Arguments, io: CommandIo): Promise<ConversionInput> {
  const root = args.root === undefined ? undefined : path.resolve(io.cwd, args.root);
  const files = diskFiles({ directory: io.cwd, root });
  const etcFiles = args.etc === undefined ? files : diskFiles({ directory: io.cwd });
  const etc = args.etc ?? '/etc';
  const isNamed = (name: string) => args.etc !== undefined && etcFiles.kind(path.join(etc, name)) === 'file';
  const source = await readMain(args.file, root, files, io);
  const format = formatOf(source, args);
  if (format === 'inetd' && args.file !== undefined && files.kind(args.file) === 'directory') {
    throw new UsageError(`${args.file} is a folder`, 'name the inetd.conf in it');
  }
  return {
    source,
    format,
    tables: conversionTables(readTables(etc, etcFiles), {
      services: isNamed('services'),
      rpc: isNamed('rpc'),
    }),
    files: conversionFiles(files),
    hasHostsRules: hasLibwrapRules(etc, etcFiles),
  };
}

function formatOf(source: SourceText, { from, to }: Arguments): 'inetd' | 'xinetd' {
  // Where the text says nothing the target does: an empty file can be converted, too.
  const named =
    to === 'systemd' ? source : new SourceText(to === 'xinetd' ? 'inetd.conf' : 'xinetd.conf', source.text);
  const format = from === 'auto' ? detectFormat(named) : from;
  if (format === to) {
    const repair = to === 'xinetd' ? '--to inetd or --to systemd' : '--to xinetd or --to systemd';
    throw new UsageError(
      `${source.path} is ${to}.conf already`,
      `choose ${repair}, or say what it is with --from`,
    );
  }
  return format;
}

async function startConversion(
  input: ConversionInput,
  options: ConvertOptions,
  report: Report,
): Promise<Conversion> {
  switch (options.to) {
    case 'xinetd': {
      const { convertToXinetd } = await import('./convert-to-xinetd.ts');
      return convertToXinetd(input, options, report);
    }
    case 'inetd': {
      const { convertToInetd } = await import('./convert-to-inetd.ts');
      return convertToInetd(input, options, report);
    }
    case 'systemd': {
      const { convertToSystemd } = await import('./convert-to-systemd.ts');
      return convertToSystemd(input, options, report);
    }
  }
}

/** What became of the result: all of it is where it belongs, `--diff` found a difference, or the reader went away. */
type Outcome = 'done' | 'differs' | 'cut off';

/** Puts the result where it is wanted. */
async function deliver(conversion: Conversion, args: Arguments, io: CommandIo): Promise<Outcome> {
  if (args.diff !== undefined) {
    return (await showDifference(conversion, args.diff, args, io)) ? 'differs' : 'done';
  }
  if (args.outDir !== undefined) {
    await writeFolder(conversion, args.outDir, args, io);
    return 'done';
  }
  let isOpen = true;
  const encoder = new PieceEncoder(conversion.encoding);
  // Taken to its end also without a reader, for the report.
  for (const text of conversion.document()) {
    refuseMixedEncodings(text, conversion);
    if (isOpen) isOpen = await writeUnlessClosed(io.stdout, encoder.encode(text));
  }
  return isOpen ? 'done' : 'cut off';
}

async function writeUnlessClosed(stream: CommandIo['stdout'], bytes: Uint8Array): Promise<boolean> {
  try {
    await write(stream, bytes);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EPIPE') return false;
    throw error;
  }
}

async function showDifference(
  conversion: Conversion,
  file: string,
  { color }: CommonOptions,
  io: CommandIo,
): Promise<boolean> {
  const old = await readInput(file, io);
  const text = [...conversion.document()].join('');
  const edits = old.text === text ? [] : [{ start: 0, end: old.text.length, text }];
  const difference = unifiedDiff(old, edits, wantsColor(io.stdout, io.env, color));
  await write(io.stdout, bytesOf(difference, conversion));
  return difference !== '';
}

async function writeFolder(
  conversion: Conversion,
  folder: string,
  args: Arguments,
  io: CommandIo,
): Promise<void> {
  if (conversion.files === null) {
    throw new UsageError('inetd.conf is one file', 'leave --out-dir out');
  }
  const files = conversion.files();
  const contents = files.map(({ name, text }) => ({ name, content: bytesOf(text, conversion) }));
  const absolute = path.resolve(io.cwd, folder);
  if (!args.dryRun) writeFilesTogether(folder, absolute, contents, args.force);
  await write(io.stdout, files.map((file: NamedText) => `${path.join(folder, file.name)}\n`).join(''));
  if (args.dryRun) refuseTaken(folder, absolute, contents, args.force);
}

/** Bytes that are no UTF-8 come out as they went in. */
function bytesOf(text: string, conversion: Conversion): Uint8Array {
  refuseMixedEncodings(text, conversion);
  return Buffer.from(text, conversion.encoding);
}

function refuseMixedEncodings(text: string, { encoding }: Conversion): void {
  if (encoding === 'latin1' && /[^\x00-\xFF]/.test(text)) {
    throw new UsageError('the files have different encodings', 'bring them to UTF-8 first');
  }
}
