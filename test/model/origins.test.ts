import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ProfileName, profileNames } from '../../src/catalog/profiles.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { generateCase } from '../differential/generate.ts';
import { Random } from '../differential/random.ts';
import { oracleFolder, oracleSettings } from '../support/oracle-host.ts';
import { resolveText, serviceOf } from '../support/resolve-text.ts';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** Where the origin of a field is said; null for what has none: where the entry is, and what is worked out of the others. */
const keys: Readonly<Record<keyof Service, readonly string[] | null>> = {
  name: null,
  location: null,
  syntax: null,
  origins: null,
  id: ['id'],
  socketType: ['socket_type'],
  protocol: ['protocol'],
  port: ['port'],
  unixPath: ['socket_path'],
  unixOwner: ['socket_mode'],
  family: ['flags'],
  isFamilyGiven: ['flags'],
  v6only: ['v6only'],
  bind: ['bind'],
  bindAddress: ['bind'],
  wait: ['wait'],
  types: ['type'],
  flags: ['flags'],
  user: ['user'],
  group: ['group'],
  groups: ['groups'],
  server: ['server'],
  argv: ['server_args', 'server'],
  redirect: ['redirect'],
  redirectAddress: ['redirect'],
  instances: ['instances'],
  perSource: ['per_source'],
  cps: ['cps'],
  maxPerMinute: ['max_per_minute'],
  maxPerMinutePerSource: ['max_per_minute_per_source'],
  maxChildren: ['max_children'],
  maxLoad: ['max_load'],
  onlyFrom: ['only_from'],
  noAccess: ['no_access'],
  accessTimes: ['access_times'],
  denyTime: ['deny_time'],
  libwrap: ['libwrap'],
  logType: ['log_type'],
  logOnSuccess: ['log_on_success'],
  logOnFailure: ['log_on_failure'],
  env: ['env'],
  passenv: ['passenv'],
  umask: ['umask'],
  nice: ['nice'],
  rlimits: null,
  banner: ['banner'],
  bannerSuccess: ['banner_success'],
  bannerFail: ['banner_fail'],
  rpc: ['rpc_version'],
  sendBuffer: ['sndbuf'],
  receiveBuffer: ['rcvbuf'],
};

/** What a service has of which nobody says anything. */
const silent: ReadonlySet<unknown> = new Set([null, false, 0]);

function lacking(service: Service): string[] {
  const { origins, id, name, rlimits, rpc } = service;
  const fields = Object.entries(keys).flatMap(([field, names]) => {
    const value = service[field as keyof Service];
    const isSilent = silent.has(value) || (Array.isArray(value) && value.length === 0 && !isList(field));
    return names === null || isSilent || (field === 'id' && id === name) ? [] : [names];
  });
  const limits = Object.keys(rlimits).map((resource) => [`rlimit_${resource}`]);
  const number = rpc?.number == null ? [] : [['rpc_number']];
  return [...fields, ...limits, ...number].flatMap((names) =>
    names.some((key) => (origins.get(key)?.length ?? 0) > 0) ? [] : names.slice(0, 1),
  );
}

/** An empty list of these is not the same as none. */
function isList(field: string): boolean {
  return ['onlyFrom', 'noAccess', 'accessTimes', 'passenv'].includes(field);
}

function* configurations(profile: ProfileName) {
  for (const folder of [oracleFolder, path.join(fixtures, 'inetd-cases'), path.join(fixtures, 'real/site')]) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.conf'))) {
      const file = path.join(folder, name);
      const inetd = file.replace(/conf$/, 'inetd');
      const compat = existsSync(inetd)
        ? { inetdCompat: SourceText.fromBytes(inetd, readFileSync(inetd)) }
        : {};
      const source = SourceText.fromBytes(file, readFileSync(file));
      yield { name, ...resolve(source, { ...oracleSettings(profile), ...compat }) };
    }
  }
  for (let seed = 3_000_000; seed < 3_000_300; seed += 1) {
    const { main, inetd } = generateCase(new Random(seed));
    const compat = inetd === null ? {} : { inetdCompat: new SourceText('/etc/inetd.conf', inetd) };
    yield {
      name: `seed ${seed}`,
      ...resolve(new SourceText('main.conf', main), { ...oracleSettings(profile), ...compat }),
    };
  }
}

for (const profile of profileNames) {
  test(`every value knows where it comes from (${profile})`, (t) => {
    let count = 0;
    for (const { name, services } of configurations(profile)) {
      for (const service of services) {
        count += 1;
        assert.deepEqual(lacking(service), [], `${name}: ${service.id}`);
      }
    }
    t.diagnostic(`${count} services`);
  });
}

/** The text at which the origin of a value lies. */
function wordAt(service: Service, key: string): string | undefined {
  const location = service.origins.get(key)?.findLast((origin) => origin.location !== null)?.location;
  return location?.source.slice(location.range);
}

test('the values of a line of inetd.conf lie at their words', () => {
  const text = '127.0.0.1:\nftp stream tcp4 nowait/3/4/5 root /bin/cat cat -x\n';
  const service = serviceOf(resolveText(text), 'ftp');
  const words = {
    bind: '127.0.0.1:',
    socket_type: 'stream',
    protocol: 'tcp',
    flags: '4',
    wait: 'nowait',
    max_children: '3',
    max_per_minute_per_source: '4',
    per_source: '5',
    user: 'root',
    server: '/bin/cat',
    server_args: 'cat -x',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(words).map((key) => [key, wordAt(service, key)])), words);
  assert.deepEqual(
    service.origins.get('bind')?.map(({ from }) => from),
    ['defaults'],
  );
  assert.match(service.origins.get('cps')?.[0]?.note ?? '', /by minute/);
});

test('so do those that xinetd reads by position', () => {
  const configuration = resolve(new SourceText('main.conf', ''), {
    ...oracleSettings('xinetd-2.3.15.3'),
    inetdCompat: new SourceText(
      '/etc/inetd.conf',
      '# x\nftp stream tcp nowait root.daemon /bin/cat cat -x\n',
    ),
  });
  const service = serviceOf(configuration, 'ftp');
  const words = {
    socket_type: 'stream',
    wait: 'nowait',
    group: 'root.daemon',
    server: '/bin/cat',
    server_args: 'cat -x',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(words).map((key) => [key, wordAt(service, key)])), words);
});
