import type { Directive, File, TopLevel } from '../../ast/nodes.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Context } from '../context.ts';
import { includedNames } from '../includes.ts';
import { type LogSeverity, placedMessage } from '../report.ts';
import type { ParseSource } from './configuration-reader.ts';
import { placeOf } from './place.ts';

/** A piece of a file between two directives, so that the pieces stand in the order in which they count. */
export interface FilePiece {
  readonly source: SourceText;
  readonly file: File;
}

/** The main file and everything it includes, each file at the place of its directive, none inside itself. */
export function readFiles(main: SourceText, parse: ParseSource, context: Context): readonly FilePiece[] {
  const pieces: FilePiece[] = [];
  const readFile = (source: SourceText, open: readonly string[]): void => {
    const { file } = parse(source);
    let piece: TopLevel[] = [];
    const endPiece = () => {
      if (piece.length > 0) pieces.push({ source, file: { ...file, children: piece } });
      piece = [];
    };
    for (const node of file.children) {
      if (node.type !== 'Directive') piece.push(node);
      else {
        endPiece();
        for (const included of includedFiles(node, source, [...open, source.path], context)) {
          readFile(included, [...open, source.path]);
        }
      }
    }
    endPiece();
  };
  readFile(main, []);
  return pieces;
}

function includedFiles(
  node: Directive,
  source: SourceText,
  open: readonly string[],
  context: Context,
): readonly SourceText[] {
  const place = placeOf(source, node);
  const say = (severity: LogSeverity, code: string, message: string): undefined => {
    context.report(placedMessage(severity, code, message, place));
  };
  const read = (path: string): SourceText | undefined => {
    if (open.includes(path)) return say('ERROR', 'include-loop', `${path} includes itself`);
    const content = context.files.read(path);
    if (!('bytes' in content)) {
      return say('ERROR', 'include-missing', `Unable to open included configuration file: ${path}`);
    }
    say('DEBUG', 'reading-include', `Reading included configuration file: ${path}`);
    return SourceText.fromBytes(path, content.bytes);
  };
  const path = node.values[0]?.text;
  if (path === undefined) {
    say('ERROR', 'missing-path', `'${node.keyword?.text ?? ''}' needs a path`);
    return [];
  }
  const paths = node.kind === 'include' ? [path] : filesIn(path, context, say);
  return paths.flatMap((each) => read(each) ?? []);
}

function filesIn(
  directory: string,
  { files }: Context,
  say: (severity: LogSeverity, code: string, message: string) => undefined,
): readonly string[] {
  const names = includedNames(files, directory);
  if (names === undefined) {
    say('ERROR', 'includedir-missing', `Unable to read included directory: ${directory}`);
    return [];
  }
  return names.flatMap((name) => {
    const path = `${directory}/${name}`;
    if (files.kind(path) === 'file') return [path];
    say('ERROR', 'includedir-not-regular', `${path} is not a regular file. It is being skipped.`);
    return [];
  });
}
