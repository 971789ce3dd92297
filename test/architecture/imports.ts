import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** One import of a file below src/. */
export interface Import {
  /** Path of the importing file, from src/. */
  readonly file: string;
  /** Folder directly below src/; empty for files in src/ itself. */
  readonly folder: string;
  /** What is imported: a path from src/ for a file of our own, else the name as written. */
  readonly target: string;
  readonly isOwn: boolean;
  /** `await import(...)`: not loaded before it is needed. */
  readonly isLazy: boolean;
  /** Gone after compilation. */
  readonly isType: boolean;
}

/** Every import of every file below src/. */
export function allImports(): Import[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => importsOf(file, readFileSync(join(source, file), 'utf8')));
}

/** The folder directly below src/ in which a file lies. */
export function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '';
}

export function importsOf(file: string, text: string): Import[] {
  const statement = /^(?:import|export)\s(type\s)?[^'";]*?from\s*'([^']+)'|^import\s*'([^']+)'/gm;
  const expression = /\bimport\('([^']+)'\)/g;
  const found: Import[] = [];
  const add = (written: string, isLazy: boolean, isType: boolean) => {
    const isOwn = written.startsWith('.');
    const target = isOwn ? relative('.', join(dirname(file), written)) : written;
    found.push({ file, folder: folderOf(file), target, isOwn, isLazy, isType });
  };
  for (const [, type, from, bare] of text.matchAll(statement)) {
    add(from ?? bare ?? '', false, type !== undefined);
  }
  for (const [, written = ''] of text.matchAll(expression)) add(written, true, false);
  return found;
}
