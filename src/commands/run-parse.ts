import type { ArgumentsCamelCase } from 'yargs';
import { astJson } from '../ast/json.ts';
import type { Format } from '../ast/nodes.ts';
import type { DialectChoice } from '../catalog/inetd-dialects.ts';
import { detectFormat } from '../grammar/detect.ts';
import { type NeutralFile, neutralFile } from '../grammar/inetd/neutral.ts';
import { parseInetd } from '../grammar/inetd/parse.ts';
import { isWellKnownService } from '../grammar/inetd/service-names.ts';
import { parse } from '../grammar/parse.ts';
import { type NeutralXinetdFile, neutralXinetdFile } from '../grammar/xinetd/neutral.ts';
import { parseXinetd } from '../grammar/xinetd/parse.ts';
import { jsonList } from '../text/json-list.ts';
import type { SourceText } from '../text/source-text.ts';
import type { CommandIo } from './command.ts';
import { dialectOf } from './dialect-option.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { readInput } from './input.ts';
import { write } from './output.ts';
import type { ParseOptions } from './parse.ts';

/** How much is gathered before it is written: a system call for each node would cost more than the node. */
const chunkLength = 64 * 1024;

/** The work of `xcfg parse`. */
export async function runParse(args: ArgumentsCamelCase<ParseOptions>, io: CommandIo): Promise<ExitCode> {
  const dialect = dialectOf(args.dialect);
  const source = await readInput(args.file, io, { stdinFilename: args.stdinFilename, takesBinary: true });
  const format = args.from === 'auto' ? detectFormat(source) : args.from;
  if (args.entries) {
    await writeAll(io.stdout, entriesJson(entriesOf(source, format, dialect)));
  } else {
    await writeAll(io.stdout, astJson(parse(source, { format, dialect }).file, source));
  }
  return exitCodes.ok;
}

function entriesOf(
  source: SourceText,
  format: Format,
  dialect: DialectChoice,
): NeutralFile | NeutralXinetdFile {
  if (format === 'xinetd') return neutralXinetdFile(parseXinetd(source));
  return neutralFile(parseInetd(source, { dialect }), { isKnownService: isWellKnownService });
}

function* entriesJson({ entries, errors, directives }: NeutralFile | NeutralXinetdFile): Generator<string> {
  yield '{"version":1,"entries":';
  yield* jsonList(entries);
  yield ',"errors":';
  yield* jsonList(errors);
  yield ',"directives":';
  yield* jsonList(directives);
  yield '}\n';
}

/** Writes pieces as they come, no faster than the reader takes them. */
async function writeAll(stream: NodeJS.WritableStream, pieces: Iterable<string>): Promise<void> {
  let gathered = '';
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < chunkLength) continue;
    await write(stream, gathered);
    gathered = '';
  }
  await write(stream, gathered);
}
