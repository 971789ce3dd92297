import type { Attribute, BlockEntry } from '../../../ast/nodes.ts';
import { findAttribute } from '../../../catalog/catalogue.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

/** Attributes without a faithful counterpart in socket units, with what comes near. */
const lossy: ReadonlyMap<string, string> = new Map([
  ['access_times', 'a timer can start and stop the socket'],
  ['max_load', 'nothing looks at the load'],
  ['banner', 'the program has to send it'],
  ['banner_success', 'the program has to send it'],
  ['banner_fail', 'nothing is sent to a client that is refused'],
  ['redirect', 'systemd-socket-proxyd passes connections on'],
  ['cps', 'TriggerLimit puts the unit into a failed state instead of pausing it'],
  ['log_on_success', 'the journal logs units, not clients'],
  ['log_on_failure', 'the journal logs units, not clients'],
  ['log_type', 'the journal takes everything'],
  ['libwrap', 'systemd has no libwrap'],
  ['deny_time', 'there is no SENSOR'],
]);

const lossyFlags: ReadonlySet<string> = new Set(['SENSOR', 'INTERCEPT', 'IDONLY', 'LABELED', 'NOLIBWRAP']);
const lossyTypes: ReadonlySet<string> = new Set(['RPC', 'TCPMUX', 'TCPMUXPLUS', 'INTERNAL']);

export const rule = defineRule({
  meta: {
    name: 'migration/no-systemd-equivalent',
    summary: 'What socket units cannot say',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'RHEL 9 has no xinetd, and people write pairs of units by hand and lose attributes. What maps: instances, per_source, user, group, nice, umask, rlimit_*, env, bind, NODELAY, KEEPALIVE, v6only. What does not is listed here.',
    references: [
      'systemd.socket(5), systemd.exec(5)',
      'https://github.com/markt-de/puppet-galera/pull/176',
      'https://github.com/openshift-metal3/dev-scripts/issues/1852',
      'https://github.com/systemd/systemd/issues/20685',
    ],
    examples: {
      bad: 'service web\n{\n\taccess_times = 8:00-18:00\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = nobody\n\tserver = /usr/libexec/web\n\tonly_from = 192.0.2.1\n\tinstances = 5\n\tdisable = yes\n}',
      good: 'service web\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = nobody\n\tserver = /usr/libexec/web\n\tonly_from = 192.0.2.1\n\tinstances = 5\n\tdisable = yes\n}',
    },
  },
  check: ({ report }) => ({
    Attribute: (attribute, entry) => {
      if (entry.syntax !== 'block' || entry.kind !== 'service') return;
      for (const finding of losses(attribute, entry)) report(finding);
    },
  }),
});

function* losses(attribute: Attribute, entry: BlockEntry): Generator<Finding> {
  const name = findAttribute(attribute.key)?.name ?? attribute.key;
  const near = lossy.get(name);
  if (near !== undefined) {
    yield {
      at: attribute.name ?? attribute,
      message: `'${name}' of ${quote(entry.name?.text ?? '')} has no counterpart in socket units: ${near}`,
    };
  }
  for (const word of meantValues(attribute)) {
    const text = word.text.toUpperCase();
    if (name === 'flags' && lossyFlags.has(text))
      yield { at: word, message: `${text} has no counterpart in socket units` };
    if (name === 'type' && lossyTypes.has(text))
      yield { at: word, message: `${text} services have no counterpart in socket units` };
    if (
      (name === 'only_from' || name === 'no_access') &&
      /[a-z{]/i.test(word.text) &&
      !word.text.includes(':')
    ) {
      yield {
        at: word,
        message: `${quote(word.text)}: IPAddressAllow and IPAddressDeny take addresses and networks only`,
      };
    }
  }
}
