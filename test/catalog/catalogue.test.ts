import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inetdKeys } from '../../src/ast/inetd-keys.ts';
import { attributes } from '../../src/catalog/attributes.ts';
import {
  attributeNames,
  attributesIn,
  canonicalPosition,
  findAttribute,
  findInetdAttribute,
} from '../../src/catalog/catalogue.ts';
import { inetdAttributes } from '../../src/catalog/inetd-attributes.ts';
import { findKeyword, serviceFlags } from '../../src/catalog/keywords.ts';

test('every attribute stands in a section, once, with words for people', () => {
  const names = attributes.flatMap((attribute) => [attribute.name, ...attribute.aliases]);
  assert.equal(new Set(names).size, names.length);
  for (const attribute of attributes) {
    assert.ok(attribute.service !== null || attribute.defaults !== null, attribute.name);
    assert.match(attribute.documentation, /^[A-Z`].*\.$/s, attribute.name);
    assert.ok(attribute.example.startsWith(`${attribute.name} = `), attribute.name);
    assert.ok(attribute.count.min <= attribute.count.max, attribute.name);
  }
});

test('what defaults gives is inherited at some moment, except the lists of ids', () => {
  for (const attribute of attributesIn('defaults')) {
    const isIdList = attribute.value.kind === 'service-ids';
    assert.equal(attribute.inheritance === null, isIdList, attribute.name);
  }
});

test('defaults takes exactly the attributes of the manual and the two it omits', () => {
  assert.deepEqual(
    [...attributeNames('defaults')].sort(),
    [
      'banner',
      'banner_fail',
      'banner_success',
      'bind',
      'cps',
      'disabled',
      'enabled',
      'groups',
      'instances',
      'interface',
      'log_on_failure',
      'log_on_success',
      'log_type',
      'max_load',
      'no_access',
      'only_from',
      'passenv',
      'per_source',
      'umask',
      'v6only',
    ].sort(),
  );
});

test('names are found whatever their case, aliases as the attribute they stand for', () => {
  assert.equal(findAttribute('Interface')?.name, 'bind');
  assert.equal(findAttribute('ONLY_FROM')?.name, 'only_from');
  assert.equal(findAttribute('mdns'), undefined);
  assert.equal(findKeyword(serviceFlags, 'ipv4')?.name, 'IPv4');
});

test('canonical order puts flags before server_args and unknown names last', () => {
  assert.ok(canonicalPosition('flags') < canonicalPosition('server_args'));
  assert.equal(canonicalPosition('interface'), canonicalPosition('bind'));
  assert.ok(canonicalPosition('frobnicate') > canonicalPosition('disabled'));
});

test('every key of the tree of inetd.conf is in exactly one of the two tables', () => {
  for (const key of Object.keys(inetdKeys)) {
    const isXinetd = findAttribute(key) !== undefined;
    assert.equal(findInetdAttribute(key) === undefined, isXinetd, key);
  }
  assert.ok(inetdAttributes.every(({ name }) => name in inetdKeys));
});
