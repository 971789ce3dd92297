import type { Attribute } from '../../../ast/nodes.ts';
import { needsScope, parseScopedIpv6, withoutScope } from '../../../model/addresses/scoped-ipv6.ts';
import { assumedInterfaces } from '../../host.ts';
import { isInterfaceName } from '../../interface-names.ts';
import { badValueEffect, removeLines } from '../../line.ts';
import { defineRule, eachMessage } from '../../rule.ts';
import { wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/bind-interface-name',
    summary: 'A bind or interface that is no address: an interface name, a network, an address with a port',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'opt-in',
    explains: ['correctness/fatal-defaults-error'],
    since: '0.1.0',
    why: 'The attribute that is also called `interface` takes an address. `interface = eth0` is `bad address` and switches the service off; with a `disable = no` behind it the service listens on all addresses.',
    references: ['bind_parser in parsers.c'],
    examples: { bad: 'interface = eth0', good: 'bind = 192.0.2.10' },
  },
  check: (context) => ({
    Attribute: (attribute, entry) => {
      const isOne = attribute.values.length === 1;
      if (entry.syntax !== 'block' || !isOne || !/^(?:bind|interface)$/.test(attribute.key)) return;
      const [word] = attribute.values;
      if (word === undefined || !isOfNoInterface(word.text)) return;
      context.report({
        at: word,
        message: `${quote(word.text)} is an address of one link; name the interface, as in '${withoutScope(word.text)}%eth0'`,
        consequence: 'the daemon cannot bind the service, and gives it up (Invalid argument)',
      });
    },
    ...eachMessage(context, (message, { attribute }, entry) => {
      if (message.code !== 'bad-bind-address') return;
      const word = wordAt(message, attribute);
      if (word === undefined) return;
      context.report({
        at: word,
        message: describe(word.text, attribute),
        effect: badValueEffect(entry),
        ...(word.text === '*'
          ? {
              fix: {
                description: `Remove '${attribute.key}', which listens on all addresses`,
                edits: [removeLines(context.source, attribute)],
              },
            }
          : {}),
      });
    }),
  }),
});

/** An address of one link, of which the system cannot know the interface. */
function isOfNoInterface(text: string): boolean {
  const address = parseScopedIpv6(text, assumedInterfaces);
  return address !== undefined && address.scope === 0 && needsScope(address.bytes);
}

function describe(text: string, { key }: Attribute): string {
  const wants = `'${key}' takes the address to listen on`;
  if (isInterfaceName(text)) return `${quote(text)} is the name of an interface; ${wants}`;
  if (text === '*') return `'*' is no address; leave '${key}' out to listen on all addresses`;
  if (text.includes('/')) return `${quote(text)} is a network; ${wants}`;
  if (/^\[.*\]/.test(text)) return `${quote(text)}: write IPv6 addresses without brackets`;
  if (/^[\d.]+:\d+$/.test(text)) return `${quote(text)} holds a port; write it as 'port'`;
  return `${quote(text)} is no address; ${wants}`;
}
