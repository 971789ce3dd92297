import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newDraft } from '../../src/model/draft.ts';
import { ownList, shareList } from '../../src/model/own-list.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { resolveText, serviceOf } from '../support/resolve-text.ts';

/** More than a call takes arguments. */
const many = 200_000;
const place = { source: new SourceText('xinetd.conf', ''), range: { start: 0, end: 0 } };

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
}

function entry(name: string, port: number, ...lines: readonly string[]): string {
  const usual = ['type = UNLISTED', 'socket_type = stream', 'wait = no', 'user = root', 'server = /bin/true'];
  return `service ${name}\n{\n\t${[...usual, `port = ${port}`, ...lines].join('\n\t')}\n}\n`;
}

function textsOf(text: string, id: string): string[] | undefined {
  return serviceOf(resolveText(text), id).onlyFrom?.map(({ pattern }) => pattern.text);
}

test('an address is taken out of a list of any length', () => {
  const words = addresses(many);
  const [first, ...others] = words;
  const found = textsOf(
    entry('one', 20_001, `only_from = ${words.join(' ')}`, `only_from -= ${first}`),
    'one',
  );
  assert.deepEqual(found?.length, others.length);
});

test('a line that adds to a list changes the list itself, unless another draft holds it', () => {
  const draft = newDraft('service', 'one', 'block', place);
  const first = ownList(draft, ['a']);
  assert.equal(ownList(draft, first), first);
  shareList(draft, first);
  const second = ownList(draft, first);
  assert.notEqual(second, first);
  assert.deepEqual(second, first);
  assert.notEqual(ownList(newDraft('service', 'two', 'block', place), second), second);
});

test('an entry may have a line for each address and for each variable', () => {
  const words = addresses(many);
  const { services } = resolveText(
    entry(
      'one',
      20_001,
      'only_from = 127.0.0.1',
      words.map((address) => `only_from += ${address}`).join('\n\t'),
      words.map((_, at) => `env += V${at}=1`).join('\n\t'),
    ),
  );
  assert.deepEqual([services[0]?.onlyFrom?.length, services[0]?.env.length], [many + 1, many]);
  assert.equal(services[0]?.origins.get('only_from')?.length, many + 1);
});

test('what an entry adds to the list of defaults is its own', () => {
  const text =
    'defaults\n{\n\tonly_from = 10.0.0.1\n}\n' +
    entry('one', 20_001, 'only_from += 10.0.0.2', 'only_from += 10.0.0.3') +
    entry('two', 20_002, 'only_from += 10.0.0.4', 'only_from -= 10.0.0.1') +
    entry('three', 20_003);
  assert.deepEqual(textsOf(text, 'one'), ['10.0.0.1', '10.0.0.2', '10.0.0.3']);
  assert.deepEqual(textsOf(text, 'two'), ['10.0.0.4']);
  assert.deepEqual(textsOf(text, 'three'), ['10.0.0.1']);
});

test('a list of defaults that goes on behind an entry does not reach the daemon’s entry before it', () => {
  const text =
    'defaults\n{\n\tonly_from = 10.0.0.1\n}\n' +
    entry('one', 20_001) +
    'defaults\n{\n\tonly_from += 10.0.0.2\n}\n' +
    entry('two', 20_002);
  const { services } = resolveText(text, { profile: 'xinetd-2.3.15.3' });
  for (const { onlyFrom, origins } of services) {
    assert.deepEqual(
      onlyFrom?.map(({ pattern }) => pattern.text),
      ['10.0.0.1'],
    );
    assert.equal(origins.get('only_from')?.length, 1);
  }
});
