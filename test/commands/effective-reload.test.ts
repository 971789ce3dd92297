import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ProfileName, profileNames } from '../../src/catalog/profiles.ts';
import { effectiveText } from '../../src/commands/effective-text.ts';
import { isNumericAddress } from '../../src/model/listening.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { AccessItem, AddressPattern, Configuration, Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { generateCase } from '../differential/generate.ts';
import { Random } from '../differential/random.ts';
import { oracleFiles, oracleFolder, oracleSettings } from '../support/oracle-host.ts';

/*
 * The output is a configuration of its own: read again, it gives the same services, byte for byte. What an address word
 * looked like is not kept (`/33` is a /32 to the daemon), so words are compared by what they match.
 */

/** Others are taken with XCFG_FUZZ_SEED and XCFG_FUZZ_COUNT. */
const seeds = Number(process.env.XCFG_FUZZ_COUNT ?? 400);
const firstSeed = Number(process.env.XCFG_FUZZ_SEED ?? 2_000_000);

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

function reload(configuration: Configuration, profile: ProfileName): Configuration {
  return resolve(SourceText.fromBytes('again.conf', effectiveText(configuration)), oracleSettings(profile));
}

/** What a service is, without where that was read. */
function meaningOf(service: Service): unknown {
  const { origins, location, syntax: _, logType, onlyFrom, noAccess, isFamilyGiven, ...rest } = service;
  const words = (items: readonly AccessItem[] | null) =>
    items?.map(({ pattern, location: at }) => patternOf(pattern, at?.source ?? location.source));
  const values = Object.entries({ ...rest, logType }).map(([name, value]) => {
    const key = keysOfOrigins[name] ?? name;
    const source = origins.get(key)?.findLast((each) => each.location !== null)?.location?.source;
    return [name, inBytes(value, source ?? location.source)];
  });
  const isOneOfAll = !isFamilyGiven && service.bind !== null && !isNumericAddress(service.bind);
  return { ...Object.fromEntries(values), isOneOfAll, onlyFrom: words(onlyFrom), noAccess: words(noAccess) };
}

/** Where the key of an origin is not the name of the field with the value, and the value may hold any bytes. */
const keysOfOrigins: Readonly<Record<string, string>> = {
  argv: 'server_args',
  logType: 'log_type',
  bannerSuccess: 'banner_success',
  bannerFail: 'banner_fail',
};

function patternOf(pattern: AddressPattern, source: SourceText): unknown {
  if (!('bytes' in pattern)) return [pattern.kind, bytesOf(pattern.text, source)];
  const { version, bytes } = pattern;
  const prefix = pattern.kind === 'network' ? pattern.prefix : version === 4 ? 32 : 128;
  const mask = (at: number) => (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * at))) & 0xff;
  return [version, prefix, [...bytes].map((byte, at) => byte & mask(at))];
}

function bytesOf(text: string, source: SourceText): string {
  return source.encode(text).toString('latin1');
}

function inBytes(value: unknown, source: SourceText): unknown {
  if (typeof value === 'string') return bytesOf(value, source);
  if (Array.isArray(value)) return value.map((item) => inBytes(item, source));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, inBytes(field, source)]));
}

function xinetdFiles(): readonly string[] {
  const below = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.conf'))
      .map((name) => path.join(folder, name));
  return [oracleFolder, path.join(fixtures, 'real'), path.join(fixtures, 'lint')].flatMap(below);
}

/** A configuration from a seed, in the encoding of its bytes. */
function generated(seed: number, profile: ProfileName): Configuration {
  const { main, files } = generateCase(new Random(seed));
  const given = new Map(Object.entries(files));
  const read = (name: string) => {
    const text = given.get(name);
    return text === undefined ? oracleFiles.read(name) : { bytes: Buffer.from(text, 'latin1') };
  };
  const source = SourceText.fromBytes('main.conf', Buffer.from(main, 'latin1'));
  const host = oracleSettings(profile);
  return resolve(source, { ...host, files: { ...host.files, read } });
}

for (const profile of profileNames) {
  test(`the text of made configurations resolves to the same services (${profile})`, (t) => {
    let count = 0;
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
      const first = generated(seed, profile);
      if (first.services.some(({ syntax }) => syntax !== 'block')) continue;
      count += first.services.length;
      const again = reload(first, profile).services.map(meaningOf);
      assert.deepEqual(again, first.services.map(meaningOf), `seed ${seed}`);
    }
    t.diagnostic(`${count} services`);
  });

  test(`the text of every configuration resolves to the same services (${profile})`, (t) => {
    let count = 0;
    for (const name of xinetdFiles()) {
      const first = resolve(SourceText.fromBytes(name, readFileSync(name)), oracleSettings(profile));
      // Lines of inetd.conf have limits that xinetd.conf cannot say; they have a test of their own.
      if (first.services.some(({ syntax }) => syntax !== 'block')) continue;
      count += first.services.length;
      assert.deepEqual(reload(first, profile).services.map(meaningOf), first.services.map(meaningOf), name);
    }
    t.diagnostic(`${count} services`);
    assert.ok(count > 100);
  });
}

/** What xinetd.conf has no attribute for, and the text says in a comment. */
const saidOnly = ['maxPerMinute', 'maxPerMinutePerSource', 'maxChildren', 'sendBuffer', 'receiveBuffer'];

test('the text of lines of inetd.conf resolves to the same services, but for what it says to be lost', (t) => {
  let count = 0;
  for (const name of inetdFiles()) {
    const first = resolve(SourceText.fromBytes(name, readFileSync(name)), oracleSettings('serve'));
    if (first.services.some(({ syntax }) => syntax === 'block')) continue;
    const kept = first.services.filter(
      ({ unixPath, argv }) => unixPath === null && argv.every((word) => /^[^ \t]+$/.test(word)),
    );
    count += kept.length;
    const again = reload({ ...first, services: kept }, 'serve');
    assert.deepEqual(again.services.map(meaningOfLine), kept.map(meaningOfLine), name);
  }
  t.diagnostic(`${count} services`);
  assert.ok(count > 100);
});

function meaningOfLine(service: Service): unknown {
  const values = Object.entries(meaningOf(service) as object);
  return Object.fromEntries(values.filter(([name]) => !saidOnly.includes(name)));
}

function inetdFiles(): readonly string[] {
  return ['inetd-cases', 'convert-cases'].flatMap((folder) =>
    readdirSync(path.join(fixtures, folder))
      .filter((name) => /\.(?:conf|inetd)$/.test(name))
      .map((name) => path.join(fixtures, folder, name)),
  );
}

/** What configurations seldom hold, and what is easily changed by writing it down. */
const texts: Readonly<Record<string, string>> = {
  'a service that is intercepted': 'flags = INTERCEPT\n\twait = yes\n\tserver_args = -x',
  'a word with a CR at its end': 'id = x\r ',
  'a network that ends in a zero octet': 'only_from = 10.1.{0,2} 10.1.2.0/33 10.1.0.0/32',
  'a number above 255 in braces': 'no_access = 10.1.2.{256}',
  'a host name in bind': 'bind = dual',
  'no time that is left': 'access_times = 25:00-26:00\n\tdisable = no',
  'large numbers':
    'rlimit_as = 18446744073709551614\n\tlog_type = FILE log 9007199254740993 9007199254740995',
  'bytes that are no UTF-8': 'server_args = caf\xe9 \xc3\xa9\n\tbanner = /\xff',
};

for (const [what, lines] of Object.entries(texts)) {
  for (const profile of profileNames) {
    test(`${what} resolves to the same service (${profile})`, () => {
      const keys = ['wait', 'bind'].filter((key) => lines.includes(`${key} =`));
      const basic = ['socket_type = stream', 'port = 20001', 'user = root', 'wait = no', 'bind = 127.0.0.1'];
      const own = basic.filter((line) => !keys.some((key) => line.startsWith(key)));
      const text = `service one\n{\n\ttype = UNLISTED\n\tserver = /bin/cat\n\t${[...own, lines].join('\n\t')}\n}\n`;
      const source = SourceText.fromBytes('one.conf', Buffer.from(text, 'latin1'));
      const first = resolve(source, oracleSettings(profile));
      assert.deepEqual(reload(first, profile).services.map(meaningOf), first.services.map(meaningOf));
    });
  }
}
