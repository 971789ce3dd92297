import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/commands/main.ts';
import type { InetdDialect } from '../../src/convert/from-inetd/dialect-names.ts';
import type { InetdService } from '../../src/convert/from-inetd/inetd-service.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { type ConvertCase, convertCases } from '../support/convert-cases.ts';
import { fakeIo } from '../support/fake-io.ts';
import { inetdServices, meaningOf, tablesWith } from '../support/inetd-services.ts';

const forward = convertCases().filter(({ kind }) => kind === 'inetd-to-xinetd');

function dialectOf({ options }: ConvertCase): InetdDialect {
  return (options.find((word) => word.startsWith('--dialect='))?.slice(10) ?? 'debian') as InetdDialect;
}

async function convert(input: Buffer | string, options: readonly string[]) {
  const io = fakeIo({ input });
  await main(['convert', '--report=json', ...options], io);
  const { diagnostics } = JSON.parse(io.err()) as { diagnostics: { level: string; code: string }[] };
  return { output: io.out(), losses: diagnostics.filter(({ level }) => level !== 'I') };
}

function servicesOf(each: ConvertCase, text: string): readonly InetdService[] {
  return inetdServices(text, dialectOf(each), each.knownUsers).map(({ service }) => service);
}

test('inetd.conf to xinetd.conf and back says the same, wherever nothing is reported as lost', async (t) => {
  const done: string[] = [];
  for (const each of forward.filter(({ diagnostics }) => diagnostics.every(({ level }) => level === 'I'))) {
    const dialect = dialectOf(each);
    // A wrapper that is taken off, or a user that only this case knows, is another file on the way back.
    if (each.knownUsers.length > 0 || each.options.includes('-daemon_dir')) continue;
    const there = await convert(each.input, each.options);
    const back = await convert(there.output, ['--from=xinetd', '--to=inetd', `--dialect=${dialect}`]);
    // What the daemon did unasked stands in the result.
    if (each.diagnostics.some(({ code }) => code === 'tcpmux-added')) continue;
    // hosts.allow counts for xinetd unless an entry says otherwise, and inetd cannot know that.
    if (back.losses.some(({ code }) => code !== 'libwrap-lost')) continue;
    const meant = servicesOf(each, each.input.toString('utf8')).map((service) => meaningOf(service, dialect));
    const got = servicesOf(each, back.output).map((service) => meaningOf(service, dialect));
    assert.deepEqual(got, meant, each.name);
    done.push(each.name);
  }
  assert.ok(done.length >= 33, `only ${done.join(' ')}`);
  t.diagnostic(`${done.length} cases`);
});

/** What is left of a service when the daemon has read the entry that was written for it. */
function seenByDaemon(service: Service): unknown {
  return {
    name: service.name,
    socketType: service.socketType,
    protocol: service.protocol,
    wait: service.wait,
    user: service.user?.name,
    group: service.group?.name ?? null,
    server: service.server,
    argv: service.argv,
    bind: service.bind,
    isInternal: service.types.includes('INTERNAL'),
  };
}

function saidByLine(service: InetdService): readonly unknown[] {
  const { argv, server, isInternal } = service;
  const base = server.slice(server.lastIndexOf('/') + 1);
  return (service.addresses.length === 0 ? [null] : service.addresses).map((bind) => ({
    name: service.name,
    socketType: service.socketType,
    protocol: service.protocol,
    wait: service.wait || service.socketType === 'dgram',
    user: service.user,
    group: service.group,
    server: isInternal ? null : server,
    argv: isInternal ? [] : argv.length === 0 ? [base] : argv,
    bind,
    isInternal,
  }));
}

test('xinetd reads from the result what the lines of inetd.conf said', async () => {
  for (const each of forward.filter(({ options, exit }) => exit === 0 && !options.includes('-daemon_dir'))) {
    const { output } = await convert(each.input, each.options);
    const { services } = resolve(new SourceText('xinetd.conf', output), {
      profile: 'xinetd-2.3.15.3',
      tables: tablesWith(each.knownUsers),
      files: {
        read: () => ({ error: 'missing' }),
        list: () => undefined,
        kind: () => 'missing',
        identity: () => undefined,
        isExecutable: () => true,
      },
      stayAlive: true,
    });
    const seen = services.map(seenByDaemon);
    const said = servicesOf(each, each.input.toString('utf8'))
      .filter(({ isDisabled }) => !isDisabled)
      .flatMap(saidByLine);
    // What the report calls disabled or added is not the same on both sides.
    if (
      each.diagnostics.some(({ code }) => ['unknown-service', 'duplicate', 'tcpmux-added'].includes(code))
    ) {
      assert.ok(seen.length > 0);
    } else if (each.knownUsers.length === 0) assert.deepEqual(seen, said, each.name);
  }
});

test('families of RPC services and of host names come back', async () => {
  for (const line of [
    'rusersd/1 dgram rpc/udp6 wait root /usr/sbin/x x',
    'rusersd/1 dgram rpc/udp4 wait root /usr/sbin/x x',
    'rusersd/1 dgram rpc/udp wait root /usr/sbin/x x',
    'a.b:8080 stream tcp nowait root /usr/sbin/x x',
    'a.b:8080 stream tcp4 nowait root /usr/sbin/x x',
  ]) {
    const there = await convert(`${line}\n`, []);
    const back = await convert(there.output, ['--from=xinetd', '--to=inetd']);
    const fields = back.output.trimEnd().split('\t');
    assert.deepEqual(fields.slice(0, 3), line.split(' ').slice(0, 3), line);
  }
});
