import type { Configuration, DroppedEntry, Origin, Service } from '../model/service.ts';
import { bytesOfText } from '../text/bare-bytes.ts';
import { escapeControl } from '../text/escape-control.ts';
import type { SourceText } from '../text/source-text.ts';
import { attributesOf, type EffectiveAttribute, logTypeAttribute } from './effective-attributes.ts';

export interface TextStyle {
  readonly comment: (text: string) => string;
  readonly keyword: (text: string) => string;
  /** Foreign text on its way to a terminal. */
  readonly value: (text: string) => string;
}

/** Nothing coloured, nothing escaped: the output is a configuration again. */
export const plainStyle: TextStyle = { comment: same, keyword: same, value: same };

function same(text: string): string {
  return text;
}

/**
 * A configuration without includes, inherited values and operators that resolves to the same services. Comments on
 * lines of their own say where each value comes from, and what does not run.
 */
export function effectiveText(configuration: Configuration, style: TextStyle = plainStyle): Buffer {
  const { services, dropped } = configuration;
  const blocks = [
    ...endNotes(configuration, style),
    ...defaultsBlocks(configuration, style),
    ...services.map((service) => serviceBlock(service, style)),
    ...dropped.map((entry) => droppedNote(entry, style)),
  ];
  return Buffer.from(blocks.join('\n'), 'latin1');
}

/**
 * A text with a character for each of its bytes, as all of this file is put together: values go back to the bytes that
 * they have in their files, which may have different encodings.
 */
function byteText(text: string, source?: SourceText): string {
  // Nearly all is ASCII, which has the same bytes in both encodings.
  if (/^[\x00-\x7F]*$/.test(text)) return text;
  const bytes = source === undefined ? bytesOfText(text) : source.encode(text);
  return bytes.toString('latin1');
}

/** Says of a daemon that ends by itself that nothing runs, and why. */
function endNotes({ accepted, exitCode, diagnostics }: Configuration, style: TextStyle): readonly string[] {
  if (accepted) return [];
  const end = exitCode === null ? 'the daemon never starts' : `the daemon ends with status ${exitCode}`;
  const reason = diagnostics.at(-1)?.message.trimEnd() ?? '';
  return [comment(`nothing runs: ${end}: ${reason}`, style)];
}

/** The log that services share can only be named in `defaults`. */
function defaultsBlocks({ services, commonLog }: Configuration, style: TextStyle): readonly string[] {
  const user = services.find(({ logType }) => logType?.kind === 'common');
  if (user === undefined || commonLog === null) return [];
  const lines = attributeText(logTypeAttribute(user, commonLog), user, style);
  return [`${style.keyword('defaults')}\n{\n${lines}}\n`];
}

function serviceBlock(service: Service, style: TextStyle): string {
  const place = placeText(service.location);
  if (service.unixPath !== null) {
    return comment(`${place}: ${service.name} listens on a UNIX socket, which xinetd.conf cannot say`, style);
  }
  const lines = attributesOf(service).map((attribute) => attributeText(attribute, service, style));
  const name = byteText(style.value(service.name), service.location.source);
  const header = `${style.keyword('service')} ${name}`;
  return `${comment(place, style)}${endLine(header)}{\n${lines.join('')}${inetdNotes(service, style)}}\n`;
}

/** What inetd.conf can say and xinetd.conf cannot. */
function inetdNotes(service: Service, style: TextStyle): string {
  const notes = {
    'starts in a minute': service.maxPerMinute,
    'starts in a minute for one address': service.maxPerMinutePerSource,
    'servers before clients wait': service.maxChildren,
    'bytes of send buffer': service.sendBuffer,
    'bytes of receive buffer': service.receiveBuffer,
  };
  const lost = Object.entries(notes).flatMap(([what, value]) => (value === null ? [] : [`${value} ${what}`]));
  return [...lost, ...argumentNotes(service)]
    .map((what) => comment(`no attribute for: ${what}`, style, '\t'))
    .join('');
}

/** Arguments from quotes, which an attribute would take apart. */
function argumentNotes({ argv }: Service): readonly string[] {
  return argv.flatMap((word, index) =>
    word === '' || /[ \t]/.test(word)
      ? [`the blanks or quotes of argument ${index}, ${JSON.stringify(word)}`]
      : [],
  );
}

function attributeText(attribute: EffectiveAttribute, { origins }: Service, style: TextStyle): string {
  return `${originComments(origins.get(attribute.name) ?? [], style)}${attributeLine(attribute, style)}`;
}

function attributeLine({ name, words }: EffectiveAttribute, style: TextStyle): string {
  const values = words.map(({ text, source }) => byteText(style.value(text), source));
  return endLine(`\t${[name.padEnd(15), '=', ...values].join(' ')}`);
}

/** A CR that belongs to the last word would be taken for a part of the line end. */
function endLine(line: string): string {
  return line.endsWith('\r') ? `${line} \n` : `${line}\n`;
}

function comment(text: string, style: TextStyle, indent = ''): string {
  return `${indent}${style.comment(byteText(`# ${escapeControl(text)}`))}\n`;
}

function originComments(origins: readonly Origin[], style: TextStyle): string {
  return origins.map((origin) => comment(originText(origin), style, '\t')).join('');
}

function originText({ from, location, note }: Origin): string {
  const words = location === null ? [sourceNames[from]] : [placeText(location)];
  if (from === 'defaults') words.push('in defaults');
  if (note !== undefined) words.push(`(${note})`);
  return words.join(' ');
}

const sourceNames: Readonly<Record<Origin['from'], string>> = {
  entry: 'the entry',
  defaults: 'defaults',
  derived: 'follows from other values',
  table: 'looked up',
  'built-in': 'built in',
};

function placeText({
  source,
  range,
}: {
  source: { path: string; lineAt(offset: number): number };
  range: { start: number };
}): string {
  return `${source.path}:${source.lineAt(range.start)}`;
}

function droppedNote({ id, location, switchedOff, reasons }: DroppedEntry, style: TextStyle): string {
  const what = switchedOff === null ? 'does not run' : 'is switched off';
  const lines = reasons.map(
    ({ message, file, line }) =>
      `${file === undefined ? '' : `${file}:${line ?? 0}: `}${message.replace(/\n+$/, '')}`,
  );
  if (switchedOff !== null) lines.unshift(`${placeText(switchedOff.location)}: ${switchedOff.by}`);
  const notes = lines.map((line) => comment(`  ${line}`, style));
  return `${comment(`${placeText(location)}: ${id} ${what}`, style)}${notes.join('')}`;
}
