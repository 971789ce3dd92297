import { attributes } from '../../src/catalog/attributes.ts';
import { findAttribute } from '../../src/catalog/catalogue.ts';
import type { DifferentialCase } from './case.ts';
import { inetdText } from './generate-inetd.ts';
import { oddValues } from './odd-values.ts';
import type { Random } from './random.ts';
import { lengthenWord, stretchLine } from './stretch.ts';
import { valuePools } from './value-pools.ts';

/*
 * Configurations that are nearly right: complete entries with further attributes of the catalogue, in which lines, words
 * and characters are then changed.
 */

const names = [
  'one',
  'two',
  'three',
  'echo',
  'discard',
  'daytime',
  'tcpmux',
  'oracle-svc',
  'oracle-alias',
  'ftp',
  'auth',
  'tftp',
  'nosuch',
  '{',
  'defaults',
  'ECHO',
  'DayTime',
  'Tcpmux',
  'a/b',
  'x=y',
  '\x01',
  'one\v',
  '%s',
];
const inDefaults = attributes.filter(({ defaults }) => defaults !== null).map(({ name }) => name);
const everywhere = Object.keys(valuePools);

/** Makes one configuration. */
export function generateCase(random: Random): DifferentialCase {
  const files: Record<string, string> = {};
  const inetd = random.chance(0.2) ? lengthen(inetdText(random), random) : null;
  return { main: configuration(random, files, 0), files, inetd };
}

function configuration(random: Random, files: Record<string, string>, depth: number): string {
  const blocks: string[] = [];
  const count = 1 + random.below(depth === 0 ? 4 : 2);
  for (let at = 0; at < count; at += 1) {
    if (random.chance(0.22)) blocks.push(defaultsBlock(random));
    else blocks.push(serviceBlock(random, at + depth * 4));
    if (random.chance(0.08) && depth < 2) blocks.push(includeLine(random, files, depth));
    if (random.chance(0.05)) blocks.push(strayLine(random));
    if (random.chance(0.01)) blocks.push(longLine(random));
  }
  return lengthen(mutateText(blocks.join(''), random), random);
}

/** Lines and words beyond the daemon's buffers. In few texts: most of what else is in them is lost behind a cut. */
function lengthen(text: string, random: Random): string {
  const longWord = random.chance(0.04) ? lengthenWord(text, random) : text;
  return random.chance(0.04) ? stretchLine(longWord, random) : longWord;
}

function serviceBlock(random: Random, number: number): string {
  const isInternal = random.chance(0.15);
  const name = random.chance(0.5) ? random.pick(['one', 'two', 'three']) : random.pick(names);
  const isDatagram = random.chance(0.15);
  const lines = [
    `type = ${isInternal ? 'INTERNAL UNLISTED' : 'UNLISTED'}`,
    `socket_type = ${isDatagram ? 'dgram' : 'stream'}`,
    `protocol = ${isDatagram ? 'udp' : 'tcp'}`,
    `port = ${20001 + (random.chance(0.2) ? 0 : number)}`,
    'bind = 127.0.0.1',
    `wait = ${isDatagram ? 'yes' : 'no'}`,
    'user = root',
    'server = /bin/cat',
  ].filter((line) => !random.chance(line.startsWith('bind') ? 0.25 : 0.04));
  const extra = Array.from({ length: random.below(5) }, () => attributeLine(random, everywhere));
  const ordered = random.chance(0.5) ? random.shuffle([...lines, ...extra]) : [...lines, ...extra];
  return block(`service ${name}`, ordered, random);
}

function defaultsBlock(random: Random): string {
  const pool = random.chance(0.9) ? inDefaults : everywhere;
  const lines = Array.from({ length: random.below(4) }, () => attributeLine(random, pool, 0.95));
  return block('defaults', lines, random);
}

function block(header: string, lines: readonly string[], random: Random): string {
  const body = lines.map((line) => `${indent(random)}${line}\n`).join('');
  return `${random.chance(0.02) ? random.pick([' ', '\t', '\v', '\f']) : ''}${header}${random.chance(0.02) ? ' extra words' : ''}\n{\n${body}}\n`;
}

function indent(random: Random): string {
  return random.chance(0.9) ? '\t' : random.pick(['', ' ', '  \t', '\v', '\f', '\r']);
}

/** `fitting` is how often all words are taken from what is likely right. */
function attributeLine(random: Random, pool: readonly string[], fitting = 0.7): string {
  const name = random.pick(pool);
  const values = valuePools[name] ?? ['x'];
  const { count, service } = findAttribute(name) ?? { count: { min: 1, max: 1 }, service: null };
  const least = random.chance(0.97) ? count.min : 0;
  const most = random.chance(0.97) ? Math.min(count.max, 3) : count.max === 1 ? 2 : 5;
  const odd = random.chance(fitting < 0.9 ? 0.15 : 0.02) ? oddValues[name] : undefined;
  const words = odd === undefined ? random.some(values, least, Math.max(least, most)) : [random.pick(odd)];
  if (name === 'log_type' && odd === undefined && random.chance(fitting))
    return `log_type = ${random.pick(['FILE svc.log', 'SYSLOG daemon', 'FILE x.log 1000 2000'])}`;
  const isCumulative = service?.repeatable === true || name === 'enabled' || name === 'disabled';
  const operator = random.chance(isCumulative ? 0.5 : 0.96)
    ? '='
    : random.pick(['+=', '-=', '=', '+=', '==', '=+', ':=', '+ =']);
  const spelled = random.chance(0.95) ? name : name.toUpperCase();
  const gap = random.chance(0.97) ? ' ' : random.pick(['\t', '  ', '\v', '']);
  return `${spelled}${gap}${operator}${random.chance(0.95) ? ' ' : ''}${words.join(random.chance(0.95) ? ' ' : ' \t ')}`;
}

function includeLine(random: Random, files: Record<string, string>, depth: number): string {
  if (random.chance(0.2)) return includeFolder(random, files, depth);
  if (random.chance(0.5)) {
    const name = `part-${depth}-${Object.keys(files).length}`;
    files[name] = configuration(random, files, depth + 1);
    return `include ${name}${random.chance(0.1) ? ' more' : ''}\n`;
  }
  const fixed = [
    'include inc/good',
    'include inc/nosuch',
    'include inc',
    'include',
    'includedir inc/ddir',
    'includedir inc/edir',
    'includedir inc/emptydir',
    'includedir inc/good',
    'includedir inc/nosuch',
    'include inc/bad',
    'include inc/unclosed',
    'include inc/nested',
    'include inc/defaults',
    'includedir inc/dir/',
    'INCLUDE inc/good',
    'include main.conf',
  ];
  return `${random.pick(fixed)}\n`;
}

const partNames = ['a', 'b', 'B', '10-x', '9-x', '_y', 'a.conf', 'c~', '.hidden', '#z', 'x y', 'sub/a'];

/** A folder of parts, some under names that the daemon leaves out. */
function includeFolder(random: Random, files: Record<string, string>, depth: number): string {
  const folder = `parts-${depth}-${Object.keys(files).length}`;
  for (const name of random.some(partNames, 1, 4)) {
    files[`${folder}/${name}`] = configuration(random, files, depth + 1);
  }
  return `includedir ${folder}${random.chance(0.2) ? '/' : ''}\n`;
}

/** Around the sizes at which the daemon cuts lines. */
function longLine(random: Random): string {
  const length = random.pick([8192, 16384, 24576]) - 120 + random.below(240);
  const tail = random.pick(['', ' }', ' include inc/good']);
  return `# ${'x'.repeat(length)}${tail}\n`;
}

function strayLine(random: Random): string {
  return `${random.pick(['# comment', '', '   ', 'garbage', '}', '{', 'wait = no', 'service', 'defaults', '\t# indented', '} # end', 'service x {', '\0nul', 'sevice x', '=', 'default\n{'])}\n`;
}

/** Changes characters and lines of a finished text; most texts stay as they are. */
function mutateText(text: string, random: Random): string {
  if (random.chance(0.75)) return text;
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  switch (random.below(9)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, line);
      break;
    case 2:
      lines[at] = `${line}\r`;
      break;
    case 3:
      lines[at] = `${line} # comment`;
      break;
    case 4:
      lines[at] = line.replace(/ /, random.pick(['', '  ', '\t', '\0']));
      break;
    case 5:
      lines.splice(at, 0, random.pick(['', '#', '  # x', '}', '{', 'word', 'two words', '= x', '\t = y']));
      break;
    case 6:
      lines[at] = line.trimEnd().replace(/[ \t]*[+-]?=.*/, random.pick(['', ' ', ' =', '=', ' x']));
      break;
    case 7:
      return lines.join('\r\n');
    default:
      // A word without an operator at the very end is read on into memory that nobody has written.
      return text.slice(0, random.below(text.length)).replace(/(^|\n)[ \t\v\f\r]*[^\s=]+$/, '$1');
  }
  return lines.join('\n');
}
