import type { DialectForms } from './dialect-forms.ts';

/** A word as it has to be written for the daemon to read just it; null where the dialect has no way. */
export function quoteWord(word: string, quoting: DialectForms['quoting']): string | null {
  if (!needsQuotes(word, quoting)) return word;
  switch (quoting) {
    case 'none':
      return null;
    case 'leading':
    case 'splitting':
      if (!word.includes('"')) return `"${word}"`;
      return word.includes("'") ? null : `'${word}'`;
    case 'shell':
      return shellWord(word);
  }
}

function needsQuotes(word: string, quoting: DialectForms['quoting']): boolean {
  if (word === '' || /[ \t]/.test(word)) return true;
  switch (quoting) {
    case 'none':
      return false;
    case 'leading':
      return /^["']/.test(word);
    case 'splitting':
      // In the middle of a word a single quote is a letter. GNU takes all of isspace for white space.
      return /^'|["\v\f\r]/.test(word);
    case 'shell':
      return /["']/.test(word);
  }
}

/** Runs that hold one kind of quote, each between quotes of the other kind. */
function shellWord(word: string): string {
  const runs = word.match(/[^"]+|"+/g) ?? [''];
  return runs.map((run) => (run.startsWith('"') ? `'${run}'` : `"${run}"`)).join('');
}
