import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SourceText } from '../../src/text/source-text.ts';

/** Real files of other people; they lie beside the project, not in it. */
const corpusFolder = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

export interface CorpusFile {
  readonly source: SourceText;
  readonly bytes: Buffer;
  /** What the one who collected the files says they are. */
  readonly kind: string;
}

/** Every file of the corpus; empty, with a note in the report of the test, where the corpus is not there. */
export function corpusFiles(t: TestContext): readonly CorpusFile[] {
  if (!existsSync(corpusFolder)) {
    t.diagnostic('no ../shared/corpus beside the project: nothing to read');
    return [];
  }
  const kinds = manifestKinds();
  return ['broken', 'inetd', 'xinetd'].flatMap((folder) =>
    readdirSync(join(corpusFolder, folder))
      .sort()
      .map((name) => {
        const path = `${folder}/${name}`;
        const bytes = readFileSync(join(corpusFolder, path));
        return { source: SourceText.fromBytes(path, bytes), bytes, kind: kinds.get(path) ?? 'unknown' };
      }),
  );
}

function manifestKinds(): ReadonlyMap<string, string> {
  const rows = readFileSync(join(corpusFolder, 'MANIFEST.tsv'), 'utf8').split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [file = '', kind = ''] = row.split('\t');
      return [file, kind];
    }),
  );
}
