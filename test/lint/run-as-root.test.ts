import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Host, unknownHost } from '../../src/lint/host.ts';
import { lintText } from './support/lint-text.ts';

const { tables } = unknownHost();
const uids: Readonly<Record<string, number>> = { root: 0, toor: 0, nobody: 65534 };
const host: Host = {
  hasFacts: true,
  tables: {
    ...tables,
    user: (name) => {
      const uid = uids[name];
      return uid === undefined ? undefined : { uid, gid: 0 };
    },
  },
};

test('where the accounts are known, each of the number 0 is root, in both formats', () => {
  const line = (user: string) => `7000 stream tcp nowait ${user} /usr/libexec/web web\n`;
  const block = (user: string) =>
    `service web\n{\n\ttype = UNLISTED\n\tport = 7000\n\tsocket_type = stream\n\tprotocol = tcp\n\twait = no\n\tuser = ${user}\n\tserver = /usr/libexec/web\n}\n`;
  for (const text of [line, block]) {
    const found = (user: string) =>
      lintText(text(user), {}, '/etc/x.conf', host).filter(
        ({ code, severity }) => code === 'security/run-as-root' && severity === 'warning',
      ).length;
    assert.deepEqual([found('root'), found('toor'), found('nobody')], [1, 1, 0]);
  }
});
