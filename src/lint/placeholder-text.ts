import type { CatalogueAttribute, ValueSyntax } from '../catalog/attribute.ts';
import { findAttribute } from '../catalog/catalogue.ts';

/** A letter that no rule takes for anything in particular. */
const filler = 'x';

/**
 * What stands in a text in place of a placeholder, of the same length: lines stay lines, and every place stays where it is.
 * It has to be something that the daemon could take, or everything that comes of it would be laid at the door of a text
 * that nobody has seen: an entry that is dropped for a port of letters hides all that is wrong with it.
 */
export function placeholderText(match: string, before: string, behind: string): string {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const rest = /^[^\r\n]*/.exec(behind)?.[0] ?? '';
  const filled = match.replace(/[^\r\n]/g, filler);
  // What has a line to itself decides about other lines, or stands for any number of them.
  if (line.trim() === '' && rest.trim() === '') return filled.replace(/^x/gm, '#');
  if (!/^\s*[a-z0-9_]+\s*[-+]?=/i.test(line)) return filled;
  // The attribute is one line, however many its placeholder takes: nothing on the others is a line of its own.
  const [first = '', ...others] = filled.replace(/^x/gm, '#').split(/(?=\r?\n)/);
  const ends = others.length > 0 || rest.trim() === '';
  const key = /^\s*([a-z0-9_]+)\s+[-+]?=\s*$/i.exec(line)?.[1];
  const attribute = key === undefined || !ends ? undefined : findAttribute(key);
  const value = attribute === undefined ? undefined : sampleValue(attribute, match);
  const isFit = value !== undefined && value.length <= first.length;
  return [isFit ? value.padEnd(first.length) : first.replace(/^#/, filler), ...others].join('');
}

function sampleValue({ name, value }: CatalogueAttribute, match: string): string | undefined {
  // Two placeholders are two ports.
  if (name === 'port') return String(20_000 + (hash(match) % 40_000));
  return samplesByName[name] ?? samples[value.kind];
}

const samplesByName: Readonly<Record<string, string>> = {
  disable: 'no',
  wait: 'no',
  socket_type: 'stream',
  protocol: 'tcp',
  type: 'UNLISTED',
  flags: 'REUSE',
  log_on_success: 'PID',
  log_on_failure: 'HOST',
};

/** For kinds of values that are not free text. */
const samples: Readonly<Partial<Record<ValueSyntax['kind'], string>>> = {
  integer: '1',
  octal: '22',
  decimal: '1',
  size: '1M',
  path: '/x',
  address: '::',
  'address-patterns': 'x.example',
  'time-intervals': '0:0-23:59',
  assignments: 'X=x',
  'version-range': '1',
  'host-and-port': '::1 80',
  'log-type': 'SYSLOG daemon',
};

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) % 65_521;
  return value;
}
