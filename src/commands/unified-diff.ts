import { Chalk } from 'chalk';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { escapeControl } from '../text/escape-control.ts';

/**
 * What changed in a file, as `patch -p0` reads it; empty where nothing did. For terminals in colour, and then with
 * control characters made visible.
 */
export function unifiedDiff(path: string, before: string, after: string, isColored: boolean): string {
  if (before === after) return '';
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
  return isColored ? patch.split('\n').map(coloredLine).join('\n') : patch;
}

const chalk = new Chalk({ level: 1 });

function coloredLine(line: string, index: number): string {
  const visible = line.split('\t').map(escapeControl).join('\t');
  if (index < 2) return chalk.bold(visible);
  if (line.startsWith('@@')) return chalk.cyan(visible);
  if (line.startsWith('+')) return chalk.green(visible);
  return line.startsWith('-') ? chalk.red(visible) : visible;
}
