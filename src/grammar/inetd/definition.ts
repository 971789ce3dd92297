import type { IToken } from 'chevrotain';
import type { InetdKey } from '../../ast/inetd-keys.ts';
import type { Attribute, DisabledMark, PairsEntry, Problem, Word } from '../../ast/nodes.ts';
import type { Range } from '../../text/range.ts';
import { numericVersion } from './addresses.ts';
import { definitionKey } from './definition-keys.ts';
import { type Pair, readBody } from './definition-pairs.ts';
import { rulesOf } from './dialects.ts';
import { FieldSink, meaning } from './field-sink.ts';
import { rangeOf } from './lines.ts';
import { type InetdProblemCode, problem } from './problems.ts';
import { readServiceWord } from './service-word.ts';
import { cutWords, nothingCut } from './words.ts';

/** Whoever wrote it and in which dialect the file is read: only NetBSD has definitions. */
const rules = rulesOf('netbsd');

/** Makes an entry of `service on key = value, ... ;`. */
export function readDefinition(
  text: string,
  tokens: readonly IToken[],
  defaultVersion: '4' | '6' | null,
): PairsEntry {
  const range = tokens[0] === undefined ? { start: 0, end: 0 } : rangeOf(tokens[0]);
  const switchWord = lastWord(text, range);
  const head = nothingCut();
  cutWords(text, { start: range.start, end: switchWord.start }, rules, head);
  const body = readBody(range, tokens.slice(1));
  const reading = new DefinitionReading(head.words);
  if (switchWord.text === 'off') reading.add('disable', [meaning(switchWord, 'yes')], null);
  if (body.problems.length === 0) reading.readPairs(body.pairs, defaultVersion);
  return {
    type: 'Entry',
    syntax: 'pairs',
    kind: 'service',
    start: range.start,
    end: Math.max(range.end, body.words.at(-1)?.end ?? 0, body.comments.at(-1)?.end ?? 0),
    name: reading.name,
    attributes: reading.attributes,
    problems: [...body.problems, ...reading.problems],
    fields: [...head.words, switchWord, ...body.words],
    comments: body.comments,
    disabled: switchWord.text === 'off' ? kvOff(switchWord) : null,
  };
}

/** `on` or `off`: what stands behind the last blank, whatever quotes there are before it. */
function lastWord(text: string, { start, end }: Range): Word {
  let from = end;
  while (from > start && !/[ \t]/.test(text.charAt(from - 1))) from -= 1;
  return { type: 'Word', start: from, end, text: text.slice(from, end) };
}

function kvOff(word: Range): DisabledMark {
  return { style: 'kv-off', marker: 'off', start: word.start, end: word.end, leaf: null };
}

/**
 * Turns the pairs into attributes. What NetBSD derives (socket type and wait from the protocol, the internal server from a
 * missing `exec`, the IP version from the address) are attributes too, at the place that they are derived from.
 */
class DefinitionReading {
  readonly attributes: Attribute[] = [];
  readonly problems: Problem[] = [];
  name: Word | null;
  readonly #service: Word;
  readonly #address: Word | null;
  readonly #pairs = new Map<string, Pair>();

  constructor(head: readonly Word[]) {
    this.#service = head.at(-1) ?? { type: 'Word', start: 0, end: 0, text: '' };
    this.#address = head.length > 1 ? (head[0] ?? null) : null;
    this.name = this.#service;
  }

  add(key: string, values: readonly Word[], pair: Pair | null): void {
    const [first = pair?.operator ?? this.#service] = values;
    const start = pair?.name.start ?? first.start;
    const end = values.at(-1)?.end ?? first.end;
    const { name, operator } = pair ?? { name: null, operator: null };
    this.attributes.push({ type: 'Attribute', start, end, key, name, operator, values });
  }

  readPairs(pairs: readonly Pair[], defaultVersion: '4' | '6' | null): void {
    for (const pair of pairs) this.#readPair(pair);
    this.#requirePair('protocol');
    this.#readService();
    this.#deriveSocketType();
    this.#deriveServer();
    this.#deriveWait();
    this.#requirePair('user');
    this.#deriveVersion(defaultVersion);
    this.#checkUser();
  }

  #readPair(pair: Pair): void {
    const { name, values } = pair;
    const key = definitionKey(name.text);
    if (key === undefined) {
      this.#report('kv-unknown-key', name, `'${name.text}' is no key of a definition`);
      return;
    }
    const before = this.#pairs.get(name.text);
    if (before !== undefined && key.once) {
      this.#report('kv-duplicate', name, `'${name.text}' is given twice`);
      return;
    }
    this.#pairs.set(name.text, pair);
    const [min, max] = key.values;
    const count = values.length;
    const read = count < min || count > max ? null : key.read(values, rules);
    if (read === null) {
      const what = values.map((value) => `'${value.text}'`).join(' ');
      this.#report('kv-bad-value', values[0] ?? name, `${name.text} cannot be ${what || 'empty'}`);
      return;
    }
    if (before !== undefined) this.#forget(before);
    for (const { key: attribute, values: words } of read) this.add(attribute, words, pair);
  }

  /** Of repeated keys the last one holds. */
  #forget(pair: Pair): void {
    const kept = this.attributes.filter((attribute) => attribute.name !== pair.name);
    this.attributes.splice(0, this.attributes.length, ...kept);
  }

  #readService(): void {
    const sink = new FieldSink(rules);
    const isRpc = this.attributes.some((each) => each.key === 'type' && each.values[0]?.text === 'RPC');
    const protocol = {
      name: this.#value('protocol')?.text ?? '',
      isRpc,
      bufferSizes: this.#value('sndbuf') ?? this.#value('rcvbuf'),
    };
    const socketType = this.#value('socket_type')?.text ?? (protocol.name === 'udp' ? 'dgram' : 'stream');
    this.name = readServiceWord(sink, this.#service, this.#address, protocol, socketType);
    this.attributes.push(...sink.attributes);
    this.problems.push(...sink.problems);
    const bind = this.#pairs.get('bind');
    if (bind !== undefined && sink.attributes.some((each) => each.key === 'bind')) {
      this.#report(
        'kv-duplicate',
        bind.name,
        'the address is given twice: in front of the service and by the key',
      );
    }
  }

  #deriveSocketType(): void {
    const protocol = this.#value('protocol');
    if (this.#pairs.has('socktype') || protocol === null) return;
    if (protocol.text === 'tcp') this.add('socket_type', [meaning(protocol, 'stream')], null);
    else if (protocol.text === 'udp') this.add('socket_type', [meaning(protocol, 'dgram')], null);
    else this.#requirePair('socktype');
  }

  #deriveServer(): void {
    if (this.#pairs.has('exec')) return;
    this.add('type', [meaning(this.#service, 'INTERNAL')], null);
    this.add('server', [meaning(this.#service, 'internal')], null);
  }

  /** Only a built-in service knows by itself whether it waits. */
  #deriveWait(): void {
    const socketType = this.#value('socket_type');
    if (this.#pairs.has('wait') || socketType === null) return;
    if (this.#value('server')?.text !== 'internal') this.#requirePair('wait');
    else this.add('wait', [meaning(socketType, socketType.text === 'dgram' ? 'yes' : 'no')], null);
  }

  /** Said by the protocol, or by a numeric address. */
  #deriveVersion(defaultVersion: '4' | '6' | null): void {
    const protocol = this.#value('protocol');
    if (protocol === null || protocol.text === 'unix' || this.#value('ip_version') !== null) return;
    const bind = this.#value('bind');
    const version = bind === null ? defaultVersion : numericVersion(bind.text);
    if (version !== null) this.add('ip_version', [meaning(bind ?? protocol, version)], null);
    else
      this.#report(
        'kv-ambiguous-ip',
        protocol,
        'neither the protocol (4 or 6) nor a numeric address says the IP version',
      );
  }

  #checkUser(): void {
    const user = this.#value('user');
    if (user?.text.includes(':')) {
      this.#report('kv-user-separator', user, "':' cuts off no group here; the key group gives it");
    }
  }

  #requirePair(key: string): void {
    if (!this.#pairs.has(key)) this.#report('kv-missing', this.#service, `the key ${key} is missing`);
  }

  #value(key: InetdKey): Word | null {
    return this.attributes.find((attribute) => attribute.key === key)?.values[0] ?? null;
  }

  #report(code: InetdProblemCode, at: Range, message: string): void {
    this.problems.push(problem(code, at, message));
  }
}
