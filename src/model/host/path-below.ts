import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { nameOnDisk, textOfBytes } from '../../text/bare-bytes.ts';

/** As many links as Linux follows. */
const mostLinks = 40;

/**
 * Where a name leads in a file system of which `root` is the root: links in it, absolute ones and `..` alike, lead
 * nowhere else. What does not exist is where it would be.
 */
export function pathBelow(root: string, name: string): string {
  const waiting = name.split('/').reverse();
  const walked: string[] = [];
  let links = 0;
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      walked.pop();
      continue;
    }
    const target = links < mostLinks ? linkTarget(path.join(root, ...walked, part)) : undefined;
    if (target === undefined) {
      walked.push(part);
      continue;
    }
    links += 1;
    if (target.startsWith('/')) walked.length = 0;
    waiting.push(...target.split('/').reverse());
  }
  const end = asksForFolder(name) ? '/' : '';
  return path.join(root, ...walked) + end;
}

/** Of a file, `file/` and `file/.` are nothing. */
function asksForFolder(name: string): boolean {
  return /\/\.?$/.test(name);
}

function linkTarget(name: string): string | undefined {
  try {
    const onDisk = nameOnDisk(name);
    const isLink = lstatSync(onDisk, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    return isLink ? textOfBytes(readlinkSync(onDisk, 'buffer')) : undefined;
  } catch {
    // A name through a file, or one that nobody may look at: opening it says what is wrong.
    return undefined;
  }
}
