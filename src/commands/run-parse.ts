import type { ArgumentsCamelCase } from 'yargs';
import { astJson } from '../ast/json.ts';
import { parse } from '../grammar/parse.ts';
import type { CommandIo } from './command.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { readInput } from './input.ts';
import { write } from './output.ts';
import type { ParseOptions } from './parse.ts';

/** How much is gathered before it is written: a system call for each node would cost more than the node. */
const chunkLength = 64 * 1024;

/** The work of `xcfg parse`. */
export async function runParse(args: ArgumentsCamelCase<ParseOptions>, io: CommandIo): Promise<ExitCode> {
  const source = await readInput(args.file, io, { stdinFilename: args.stdinFilename });
  const { file } = parse(source, args.from === 'auto' ? {} : { format: args.from });
  await writeAll(io.stdout, astJson(file, source));
  return exitCodes.ok;
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
