import type { Attribute, Entry, Word } from '../../../ast/nodes.ts';
import { parseWrappedInt, parseWrappedOctal, parseWrappedUnsigned } from '../../../model/numbers.ts';
import type { ModelDiagnostic } from '../../../model/service.ts';
import { badValueEffect, catalogued } from '../../line.ts';
import { defineRule, type Finding, type RuleContext } from '../../rule.ts';
import { adviseOnValue, wordAt } from '../../value-advice.ts';
import { quote } from '../../wording.ts';

const numberFaults =
  /^bad-(?:instances|per_source|cps|port|nice|umask|max-load|deny-time|rpc-number|rpc-version|redirect-port|user-number|group-number|rlimit-.*)$/;

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
  check: (context) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      const { lines, draft } = context.analysis.judge(entry, context.source);
      for (const { attribute, outcome, messages } of lines) {
        for (const message of messages) {
          if (numberFaults.test(message.code)) context.report(refused(message, attribute, entry, context));
        }
        const other = outcome === 'taken' ? silentlyOther(attribute, entry, draft.values.maxLoad) : undefined;
        if (other !== undefined) context.report(other);
      }
    },
  }),
});

function refused(
  message: ModelDiagnostic,
  attribute: Attribute,
  entry: Entry,
  { analysis: { host } }: Pick<RuleContext, 'analysis'>,
): Finding {
  const word = wordAt(message, attribute);
  return {
    at: word ?? attribute,
    ...(attribute.key === 'rpc_version'
      ? {
          message: `'rpc_version' cannot be ${quote(word?.text ?? '')}: it takes a version or a range such as '1-3'`,
        }
      : adviseOnValue(message, attribute)),
    effect: badValueEffect(entry),
    // A name of a service that only the machine knows.
    ...(isServiceName(message.code, word) && !host.hasFacts ? { severity: 'warning' } : {}),
  };
}

function isServiceName(code: string, word: Word | undefined): boolean {
  return code === 'bad-redirect-port' && /^[a-z]/i.test(word?.text ?? '');
}

const cut = { effect: 'misreads', consequence: 'the daemon keeps the lowest 32 bits of it' } as const;

/** -1 as a number of 32 bits: the system takes it for no account at all. */
const noAccount = 2 ** 32 - 1;

/** Numbers that are taken and mean something else. */
function silentlyOther(attribute: Attribute, entry: Entry, load: number | null): Finding | undefined {
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
    case 'max_load':
      return loadFault(value, load);
    case 'nice':
      return Math.abs(Number(text)) > 20 || Number(text) === 20
        ? {
            at: value,
            message: `'nice' goes from -20 to 19, not to ${quote(text)}`,
            effect: 'misreads',
            consequence: 'the system takes the nearest value that there is',
          }
        : undefined;
    case 'user':
    case 'group':
      return accountFault(value, known.name);
    case 'umask':
      return /^\+?0*[1-7][0-7]{3,}$/.test(text) && parseWrappedOctal(text) !== Number.parseInt(text, 8)
        ? { at: value, message: `${quote(text)} does not fit into 32 bits`, ...cut }
        : undefined;
    case 'redirect': {
      const port = attribute.values[1] ?? value;
      return isCut(port.text)
        ? { at: port, message: `${quote(port.text)} is no port number: they go to 65535`, ...cut }
        : undefined;
    }
    case 'cps':
      return negativeRate(attribute.values) ?? cutAmong(attribute.values);
    case 'deny_time':
      return beyondForever(value) ?? cutAmong(attribute.values);
    case 'rpc_number':
      return negativeProgram(value) ?? cutAmong(attribute.values);
    case 'instances':
    case 'per_source':
      return cutAmong(attribute.values);
    default:
      return known.name.startsWith('rlimit_') ? noLimit(value) : undefined;
  }
}

/** A load is a decimal number; scanf takes more for one, and stops at what it does not take. */
function loadFault(value: Word, load: number | null): Finding | undefined {
  const { text } = value;
  // That a limit is never reached is a matter of its own.
  if (load === null || load === Number.POSITIVE_INFINITY || /^\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(text))
    return undefined;
  const read = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(text)?.[0];
  if (load < 0) {
    return {
      at: value,
      message: "'max_load' below 0 refuses every client",
      effect: 'misreads',
      consequence: 'the load is never below it',
    };
  }
  const rest = read === undefined || Number(read) !== load ? '' : text.slice(read.length);
  return {
    at: value,
    message:
      rest === ''
        ? `'max_load' is read as '${load}': write a decimal number instead of ${quote(text)}`
        : `'max_load' is read as '${read}': ${quote(rest)} does not count`,
    effect: 'misreads',
    consequence: `the daemon takes ${load}`,
  };
}

/** A rate is read without a sign: what is below 0 wraps around to four billion. */
function negativeRate(values: readonly Word[]): Finding | undefined {
  const at = values.find(({ text }) => /^-0*[1-9]/.test(text));
  return at === undefined
    ? undefined
    : {
        at,
        message: `'cps' cannot be ${quote(at.text)}: it takes whole numbers of 0 or more`,
        effect: 'misreads',
        consequence: `the daemon takes it for ${BigInt.asUintN(32, BigInt(at.text))}`,
      };
}

/** Signed numbers end at 31 bits, and what is above wraps around below 0. */
function beyondForever(value: Word): Finding | undefined {
  const minutes = parseWrappedInt(value.text);
  if (minutes === undefined || minutes >= -1) return undefined;
  return {
    at: value,
    message: `'deny_time' cannot be ${quote(value.text)}; for ever is 'FOREVER'`,
    effect: 'misreads',
    consequence: 'the daemon takes it, and only -1 stands for ever',
  };
}

function negativeProgram(value: Word): Finding | undefined {
  const program = parseWrappedInt(value.text);
  if (program === undefined || program >= 0) return undefined;
  return {
    at: value,
    message: `'rpc_number' cannot be ${quote(value.text)}: it takes a whole number of 0 or more`,
    effect: 'misreads',
    consequence: `the daemon registers the program ${BigInt.asUintN(32, BigInt(program))}`,
  };
}

function accountFault(value: Word, key: string): Finding | undefined {
  const account = /^[0-9]+$/.test(value.text) ? parseWrappedUnsigned(value.text) : undefined;
  if (account === undefined || BigInt(value.text) < noAccount) return undefined;
  return {
    at: value,
    message: `${quote(value.text)} is no number of a ${key}: they go to ${noAccount - 1}`,
    effect: 'misreads',
    consequence:
      account === noAccount
        ? 'the daemon takes it, and no process can become it: no server starts'
        : 'the daemon keeps the lowest 32 bits of it',
  };
}

function cutAmong(values: readonly Word[]): Finding | undefined {
  const at = values.find(({ text }) => isCut(text));
  return at === undefined
    ? undefined
    : { at, message: `${quote(at.text)} does not fit into 32 bits`, ...cut };
}

/** Below 0 it wraps around, and the highest of all numbers stands for no limit. */
function noLimit(value: Word): Finding | undefined {
  if (!/^-[0-9]+$/.test(value.text) && value.text.replace(/^\+?0*/, '') !== String(2n ** 64n - 1n))
    return undefined;
  return {
    at: value,
    message: `a limit of ${quote(value.text)} is none; write 'UNLIMITED'`,
    effect: 'misreads',
    consequence: 'the daemon takes it for no limit at all',
  };
}

/** Numbers of more than 32 and up to 64 bits are cut; larger ones are refused. */
function isCut(text: string): boolean {
  if (!/^[-+]?[0-9]+$/.test(text) || parseWrappedUnsigned(text) === undefined) return false;
  return Number(text) > 2 ** 32 - 1 || Number(text) < -(2 ** 31);
}
