import type { Attribute, Entry, Word } from '../../../ast/nodes.ts';
import { badValueEffect, catalogued } from '../../line.ts';
import { defineRule, eachMessage, type Finding } from '../../rule.ts';
import { adviseOnValue, wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

const numberFaults =
  /^bad-(?:instances|per_source|cps|port|nice|umask|max-load|deny-time|rpc-number|rpc-version|redirect-port|rlimit-.*)$/;

export const rule = defineRule({
  meta: {
    name: 'correctness/invalid-number',
    summary: 'A number that the daemon cannot read, or reads as another',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'varies',
    fixable: 'unsafe',
    facts: 'none',
    since: '0.1.0',
    why: 'A bad number switches the service off, and in `defaults` the daemon exits. Some are taken without a word: `max_load = 2,5` is 2, port 0 lets the kernel choose, numbers above 32 bits are cut. `rlimit_as = 1G` is refused, for only K and M exist, and so is `port = http`.',
    references: ['get_limit, port_parser and max_load_parser in parsers.c'],
    examples: { bad: 'rlimit_as = 1G', good: 'rlimit_as = 1024M' },
  },
  check: (context) => {
    const messages = eachMessage(context, (message, { attribute }, entry) => {
      if (!numberFaults.test(message.code)) return;
      const word = wordAt(message, attribute);
      context.report({
        at: word ?? attribute,
        ...(attribute.key === 'rpc_version'
          ? {
              message: `'rpc_version' cannot be ${quote(word?.text ?? '')}: it takes a version or a range such as '1-3'`,
            }
          : adviseOnValue(message, attribute)),
        effect: badValueEffect(entry),
        // A name of a service that only the machine knows.
        ...(isServiceName(message.code, word) && !context.analysis.host.hasFacts
          ? { severity: 'warning' }
          : {}),
      });
    });
    return {
      ...messages,
      Attribute: (attribute, entry) => {
        const finding = silentlyOther(attribute, entry);
        if (finding !== undefined) context.report(finding);
      },
    };
  },
});

function isServiceName(code: string, word: Word | undefined): boolean {
  return code === 'bad-redirect-port' && /^[a-z]/i.test(word?.text ?? '');
}

const cut = { effect: 'misreads', consequence: 'the daemon keeps the lowest 32 bits of it' } as const;

/** Numbers that are taken and mean something else. */
function silentlyOther(attribute: Attribute, entry: Entry): Finding | undefined {
  const known = catalogued(attribute, entry);
  const [value] = attribute.values;
  if (known === undefined || value === undefined || attribute.values.length !== known.count.max)
    return undefined;
  const { text } = value;
  switch (known.name) {
    case 'port':
      if (/^[-+]?0+$/.test(text)) {
        return {
          at: value,
          message: 'port 0 lets the kernel choose a port; nobody knows which',
          effect: 'misreads',
          consequence: 'the daemon takes it, and the port changes with every start',
        };
      }
      return isCut(text)
        ? { at: value, message: `${quote(text)} is no port number: they go to 65535`, ...cut }
        : undefined;
    case 'max_load': {
      const read = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(text)?.[0];
      if (read === undefined || Number(read) === 0) return undefined;
      if (read !== text) {
        return {
          at: value,
          message: `'max_load' is read as '${read}': ${quote(text.slice(read.length))} does not count`,
          effect: 'misreads',
          consequence: `the daemon takes ${read}`,
        };
      }
      return Number(read) < 0
        ? {
            at: value,
            message: `'max_load' below 0 refuses every client`,
            effect: 'misreads',
            consequence: 'the load is never below it',
          }
        : undefined;
    }
    case 'nice':
      return Math.abs(Number(text)) > 20 || Number(text) === 20
        ? {
            at: value,
            message: `'nice' goes from -20 to 19, not to ${quote(text)}`,
            effect: 'misreads',
            consequence: 'the system takes the nearest value that there is',
          }
        : undefined;
    case 'instances':
    case 'per_source':
    case 'cps':
    case 'deny_time':
    case 'rpc_number':
      return attribute.values.some((each) => isCut(each.text))
        ? { at: value, message: `${quote(text)} does not fit into 32 bits`, ...cut }
        : undefined;
    default:
      return known.value.kind === 'size' && /^-/.test(text)
        ? {
            at: value,
            message: `a limit of ${quote(text)} is none`,
            effect: 'misreads',
            consequence: 'the daemon takes it for no limit at all',
          }
        : undefined;
  }
}

/** Numbers of more than 32 and less than 64 bits are cut; larger ones are refused. */
function isCut(text: string): boolean {
  return (
    /^[-+]?[0-9]+$/.test(text) &&
    (Number(text) > 2 ** 32 - 1 || Number(text) < -(2 ** 31)) &&
    Math.abs(Number(text)) < 2 ** 63
  );
}
