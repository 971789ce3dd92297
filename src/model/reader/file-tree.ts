import type { Directive, File, TopLevel } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Context } from '../context.ts';
import { directoryErrorText, IncludeStack, includedNames } from '../includes.ts';
import type { ModelDiagnostic } from '../service.ts';
import type { ParseSource } from './configuration-reader.ts';
import { IncludeReport } from './include-report.ts';

/** A piece of a file between two directives, so that the pieces stand in the order in which they count. */
export interface FilePiece {
  readonly source: SourceText;
  readonly file: File;
}

export interface FileTree {
  readonly pieces: readonly FilePiece[];
  /** Why something that is included could not be read. */
  readonly unread: readonly ModelDiagnostic[];
}

/** The main file and everything it includes, each file at the place of its directive, none inside itself. */
export function readFiles(main: SourceText, parse: ParseSource, context: Context): FileTree {
  const pieces: FilePiece[] = [];
  const unread: ModelDiagnostic[] = [];
  const stack = new IncludeStack(context.files);
  const readFile = (source: SourceText): void => {
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
        const report = new IncludeReport(node, source, context, unread);
        for (const path of includedPaths(node, source, context, report)) {
          const included = report.open(path, stack);
          if (included !== undefined) stack.within(path, () => readFile(included));
        }
      }
    }
    endPiece();
  };
  stack.within(main.path, () => readFile(main));
  return { pieces, unread };
}

function includedPaths(
  { kind, keyword, values }: Directive,
  source: SourceText,
  { files }: Context,
  report: IncludeReport,
): readonly string[] {
  const word = values[0]?.text;
  if (word === undefined) {
    const written = `'${keyword?.text ?? ''}'`;
    report.lose('missing-path', `${written} needs a path`, `what ${written} should name`);
    return [];
  }
  const path = source.fileName(word);
  if (kind === 'include') return [path];
  const names = includedNames(files, path);
  if (names === undefined) {
    const why = directoryErrorText(files, path);
    report.lose('includedir-missing', `Unable to read included directory: ${path}: ${why}`, path);
    return [];
  }
  return names.flatMap((name) => {
    const file = `${path}/${name}`;
    const isThere = files.kind(file);
    // A link that leads nowhere is a file that is missing; what is no file at all is none that would be read.
    if (isThere === 'file' || isThere === 'missing') return [file];
    report.say('ERROR', 'includedir-not-regular', `${file} is not a regular file. It is being skipped.`);
    return [];
  });
}
