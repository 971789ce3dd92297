import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oracleStart } from '../support/oracle-host.ts';
import { resolveText } from '../support/resolve-text.ts';

test('versions without number are not registered one by one in vain', () => {
  const text = `service one
{
	type = RPC UNLISTED
	rpc_number = 200000
	rpc_version = 1-99999999999
	socket_type = stream
	protocol = tcp
	wait = no
	user = root
	server = /bin/cat
}
`;
  const { accepted, diagnostics } = resolveText(text, { profile: 'xinetd-2.3.15.3', start: oracleStart });
  assert.equal(accepted, false);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['endless-versions'],
  );
});
