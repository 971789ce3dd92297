import { attributes } from '../../src/catalog/attributes.ts';
import { findAttribute } from '../../src/catalog/catalogue.ts';
import type { DifferentialCase } from './case.ts';
import { oddValues } from './odd-values.ts';
import type { Random } from './random.ts';
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
  const inetd = random.chance(0.1) ? inetdText(random) : null;
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
  return mutateText(blocks.join(''), random);
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

const oddProtocols = [
  'rpc',
  'rpc/tcp',
  'rpc/udp',
  'tcp/rpc',
  'RPC/tcp',
  'rpcx',
  'tcp/',
  '/tcp',
  'tcp/ttcp',
  'tcp,x',
  '6',
];
const oddServers = ['internal2', 'internal\r', 'Internal', '/bin/', '/bin/cat/', 'cat', '/', '/bin/cat\r'];

function inetdText(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(4) }, () => {
    const words = [
      random.pick([
        'echo',
        'oracle-svc',
        'discard',
        'time',
        'daytime',
        'tftp',
        'ftp',
        'nosuch',
        '20099',
        'ECHO',
        '*:ftp',
        '#x',
        'tcpmux',
        'TCPMUX',
        'rstatd',
        'rup',
        'Time',
        'source',
        'oracle-alias',
      ]) +
        (random.chance(0.15)
          ? random.pick(['/1', '/1-3', '/2-1', '/x', '/', '/+x', '/1/2', '/-1', '/\v'])
          : ''),
      random.pick(['stream', 'stream', 'dgram', 'raw', 'rdm', 'STREAM', 'strem', 'seqpacket', 'stream\v']),
      random.pick([
        ...['tcp', 'tcp', 'tcp', 'udp', 'tcp6', 'TCP', 'xtp', 'icmp', 'ip', 'tcp\r'],
        ...oddProtocols,
      ]),
      random.pick([
        'nowait',
        'nowait',
        'wait',
        'NOWAIT',
        'Wait',
        'nowait.40',
        'nowait/5',
        'maybe',
        'nowait\r',
        'yes',
      ]),
      random.pick([
        'root',
        'root',
        'nobody',
        'nobody.nogroup',
        'root.nosuch',
        'nosuch',
        'root:daemon',
        '0',
        'root.',
        '.daemon',
        'nosuch.nosuch',
        '0.0',
        '.',
        'root..daemon',
        'root.daemon.bin',
        'ROOT',
        'root.ROOT',
        'nosuch.',
        'root\r',
        '-1',
      ]),
      random.pick([
        ...['/bin/cat', '/bin/cat', '/no/such', 'internal', 'internal', 'INTERNAL'],
        ...oddServers,
      ]),
      ...random.some(['cat', '-u', '"a', '#', 'x', '\v', 'a\rb', '\\'], 0, 3),
    ];
    if (random.chance(0.08)) words.splice(1 + random.below(6));
    return `${random.chance(0.9) ? '' : random.pick([' ', '\t', '\v', '\f', '\r', ' \v', '\v ', '\r\f'])}${words.join(random.pick([' ', '\t', '  ']))}`;
  });
  return `${lines.join('\n')}\n`;
}
