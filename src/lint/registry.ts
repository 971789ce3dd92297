import type { Rule, RuleName } from './rule.ts';

type RuleModule = Promise<{ readonly rule: Rule }>;

/** Every rule, in the order of the catalogue. Loaded on first use, because most commands need none. */
export const ruleLoaders: Readonly<Record<RuleName, () => RuleModule>> = {
  'syntax/trailing-comment': () => import('./rules/syntax/trailing-comment.ts'),
  'syntax/missing-space-before-operator': () => import('./rules/syntax/missing-space-before-operator.ts'),
  'syntax/missing-operator': () => import('./rules/syntax/missing-operator.ts'),
  'syntax/bad-operator': () => import('./rules/syntax/bad-operator.ts'),
  'syntax/unknown-attribute': () => import('./rules/syntax/unknown-attribute.ts'),
  'syntax/unknown-directive': () => import('./rules/syntax/unknown-directive.ts'),
  'syntax/brace-placement': () => import('./rules/syntax/brace-placement.ts'),
  'syntax/unterminated-section': () => import('./rules/syntax/unterminated-section.ts'),
  'syntax/malformed-header': () => import('./rules/syntax/malformed-header.ts'),
  'syntax/byte-order-mark': () => import('./rules/syntax/byte-order-mark.ts'),
  'syntax/crlf-line-endings': () => import('./rules/syntax/crlf-line-endings.ts'),
  'syntax/invisible-characters': () => import('./rules/syntax/invisible-characters.ts'),
  'syntax/line-continuation': () => import('./rules/syntax/line-continuation.ts'),
  'syntax/quoted-value': () => import('./rules/syntax/quoted-value.ts'),
  'syntax/shell-syntax': () => import('./rules/syntax/shell-syntax.ts'),
  'syntax/wrong-value-count': () => import('./rules/syntax/wrong-value-count.ts'),
  'syntax/inetd-field-count': () => import('./rules/syntax/inetd-field-count.ts'),
  'syntax/inetd-bad-field': () => import('./rules/syntax/inetd-bad-field.ts'),
  'correctness/invalid-keyword': () => import('./rules/correctness/invalid-keyword.ts'),
  'correctness/comma-separated-list': () => import('./rules/correctness/comma-separated-list.ts'),
  'correctness/invalid-number': () => import('./rules/correctness/invalid-number.ts'),
  'correctness/error-then-enabled': () => import('./rules/correctness/error-then-enabled.ts'),
  'correctness/disable-not-effective': () => import('./rules/correctness/disable-not-effective.ts'),
  'correctness/duplicate-attribute': () => import('./rules/correctness/duplicate-attribute.ts'),
  'correctness/list-overwritten': () => import('./rules/correctness/list-overwritten.ts'),
  'correctness/defaults-after-service': () => import('./rules/correctness/defaults-after-service.ts'),
  'correctness/duplicate-defaults': () => import('./rules/correctness/duplicate-defaults.ts'),
  'correctness/attribute-not-in-defaults': () => import('./rules/correctness/attribute-not-in-defaults.ts'),
  'correctness/fatal-defaults-error': () => import('./rules/correctness/fatal-defaults-error.ts'),
  'correctness/ignored-include-file': () => import('./rules/correctness/ignored-include-file.ts'),
  'correctness/stray-include-file': () => import('./rules/correctness/stray-include-file.ts'),
  'correctness/broken-include': () => import('./rules/correctness/broken-include.ts'),
  'correctness/duplicate-service-id': () => import('./rules/correctness/duplicate-service-id.ts'),
  'correctness/port-conflict': () => import('./rules/correctness/port-conflict.ts'),
  'correctness/shadowed-entry': () => import('./rules/correctness/shadowed-entry.ts'),
  'correctness/enable-list': () => import('./rules/correctness/enable-list.ts'),
  'correctness/missing-required-attribute': () => import('./rules/correctness/missing-required-attribute.ts'),
  'correctness/services-mismatch': () => import('./rules/correctness/services-mismatch.ts'),
  'correctness/socket-protocol-mismatch': () => import('./rules/correctness/socket-protocol-mismatch.ts'),
  'correctness/dgram-nowait': () => import('./rules/correctness/dgram-nowait.ts'),
  'correctness/stream-wait': () => import('./rules/correctness/stream-wait.ts'),
  'correctness/server-path': () => import('./rules/correctness/server-path.ts'),
  'correctness/argv0-in-server-args': () => import('./rules/correctness/argv0-in-server-args.ts'),
  'correctness/nameinargs-misuse': () => import('./rules/correctness/nameinargs-misuse.ts'),
  'correctness/redirect-conflict': () => import('./rules/correctness/redirect-conflict.ts'),
  'correctness/internal-service': () => import('./rules/correctness/internal-service.ts'),
  'correctness/typed-service-attributes': () => import('./rules/correctness/typed-service-attributes.ts'),
  'correctness/flag-without-effect': () => import('./rules/correctness/flag-without-effect.ts'),
  'correctness/access-lists-overlap': () => import('./rules/correctness/access-lists-overlap.ts'),
  'correctness/dotted-netmask': () => import('./rules/correctness/dotted-netmask.ts'),
  'correctness/partial-address': () => import('./rules/correctness/partial-address.ts'),
  'correctness/imprecise-network': () => import('./rules/correctness/imprecise-network.ts'),
  'correctness/ipv6-address-never-matches': () => import('./rules/correctness/ipv6-address-never-matches.ts'),
  'correctness/invalid-address-number': () => import('./rules/correctness/invalid-address-number.ts'),
  'correctness/unparsable-address': () => import('./rules/correctness/unparsable-address.ts'),
  'correctness/address-family-gap': () => import('./rules/correctness/address-family-gap.ts'),
  'correctness/inherited-list-cleared': () => import('./rules/correctness/inherited-list-cleared.ts'),
  'correctness/suspicious-limit': () => import('./rules/correctness/suspicious-limit.ts'),
  'correctness/invalid-access-times': () => import('./rules/correctness/invalid-access-times.ts'),
  'correctness/invalid-account': () => import('./rules/correctness/invalid-account.ts'),
  'correctness/v6only-misread': () => import('./rules/correctness/v6only-misread.ts'),
  'correctness/bind-interface-name': () => import('./rules/correctness/bind-interface-name.ts'),
  'correctness/bind-family-mismatch': () => import('./rules/correctness/bind-family-mismatch.ts'),
  'correctness/env-invalid': () => import('./rules/correctness/env-invalid.ts'),
  'correctness/log-type-problem': () => import('./rules/correctness/log-type-problem.ts'),
};

/** The names of all rules. */
export const ruleNames = Object.keys(ruleLoaders) as readonly RuleName[];

/** Loads rules by name, in the order of the registry. */
export async function loadRules(names: Iterable<RuleName> = ruleNames): Promise<readonly Rule[]> {
  const wanted = new Set(names);
  const loaders = Object.entries(ruleLoaders).filter(([name]) => wanted.has(name as RuleName));
  const modules = await Promise.all(loaders.map(([, load]) => load()));
  return modules.map(({ rule }) => rule);
}
