import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramLog } from '../../../src/serve/log/program-log.ts';
import { readBanners } from '../../../src/serve/prepare/banners.ts';
import { memoryFiles } from '../../lint/support/memory-files.ts';
import { makeService } from '../support/service.ts';

const megabytes = 8;

/** What is read, and what is said about it. */
function read(texts: Readonly<Record<string, string | Buffer>>) {
  const messages: string[] = [];
  const service = makeService({
    id: 'talker',
    banner: '/always',
    bannerSuccess: '/success',
    bannerFail: null,
  });
  const log: ProgramLog = { write: (level, text) => messages.push(`${level}: ${text}`) };
  return { banners: readBanners(service, memoryFiles(texts), log), messages };
}

test('a banner that a connection takes at once is read without a word', () => {
  const { banners, messages } = read({ '/always': 'welcome', '/success': Buffer.alloc(16 * 1024) });
  assert.deepEqual(messages, []);
  assert.equal(banners.always?.toString(), 'welcome');
  assert.equal(banners.success?.length, 16 * 1024);
  assert.equal(banners.failure, null);
});

test('of a banner that no connection takes at once it is said that it is cut', () => {
  const { banners, messages } = read({ '/always': Buffer.alloc(megabytes * 2 ** 20), '/success': '' });
  assert.deepEqual(messages, [
    'WARNING: service talker: banner has 8388608 bytes: what a connection does not take at once is cut',
  ]);
  assert.equal(banners.always?.length, 8388608);
});

test('a banner that cannot be read is said and left out', () => {
  const { banners, messages } = read({ '/always/file': '' });
  assert.deepEqual(messages, [
    'WARNING: service talker: banner /always cannot be read: directory',
    'WARNING: service talker: banner_success /success cannot be read: missing',
  ]);
  assert.deepEqual([banners.always, banners.success], [null, null]);
});
