import type { Attribute, Word } from '../../../ast/nodes.ts';
import { meantValues } from '../../line.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { isVariableName } from '../../variable-names.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/env-invalid',
    summary: 'A variable that is not set as it is meant to be',
    severity: 'error',
    formats: ['xinetd'],
    scope: 'line',
    effect: 'drops-service',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'A word of `env` without `=` switches the service off. `passenv` takes names alone, and a name that is not in the environment is left out. Services that run with an empty environment often need HOME.',
    references: [
      'env_parser and passenv_parser in parsers.c',
      'https://github.com/nimbusproject/nimbus/issues/70',
    ],
    examples: { bad: 'env = HOME', good: 'env = HOME=/var/lib/app' },
  },
  check: ({ report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'block') return;
      const set = new Map<string, Word>();
      for (const attribute of entry.attributes) {
        if (attribute.key === 'env' && entry.kind === 'service') {
          if (attribute.operator?.operator === 'set') set.clear();
          for (const finding of envFindings(attribute, set)) report(finding);
        } else if (attribute.key === 'passenv') {
          for (const finding of passenvFindings(attribute)) report(finding);
        }
      }
    },
  }),
});

function* envFindings(attribute: Attribute, set: Map<string, Word>): Generator<Finding> {
  for (const word of meantValues(attribute)) {
    const at = word.text.indexOf('=');
    const name = word.text.slice(0, at);
    const value = word.text.slice(at + 1);
    if (at === -1) {
      yield {
        at: word,
        message: `${quote(word.text)} has no '='; write 'NAME=VALUE', or the name alone in 'passenv'`,
        effect: 'turns-off',
      };
      continue;
    }
    if (at === 0) {
      yield {
        at: word,
        message: `${quote(word.text)} has no name in front of '='`,
        effect: 'misreads',
        consequence: 'the daemon passes it on as it stands',
      };
    } else if (set.has(name)) {
      yield {
        at: word,
        message: `${quote(name)} is set twice`,
        effect: 'misreads',
        consequence: 'programs see one of the two values',
      };
    } else if (!isVariableName(name) && !hasShellSyntax(name)) {
      yield {
        at: word,
        message: `${quote(name)} can be the name of no variable that a program asks for`,
        severity: 'warning',
        effect: 'misreads',
        consequence: 'the daemon passes it on as it stands',
      };
    } else if (/^(?:PATH|HOME)$/.test(name) && isRelative(name, value)) {
      yield {
        at: word,
        message: `${quote(word.text)} is relative, and the program does not start where you think`,
        effect: 'misreads',
        consequence: 'the path starts at /, where the daemon runs',
      };
    }
    set.set(name, word);
  }
}

function isRelative(name: string, value: string): boolean {
  const paths = name === 'PATH' ? value.split(':') : [value];
  return value !== '' && paths.some((path) => !path.startsWith('/') && !path.startsWith('$'));
}

/** In `env` that is what another rule is about. */
function hasShellSyntax(name: string): boolean {
  return /[$`|<>&;]/.test(name);
}

/** What a service manager or a start script gives to every daemon; the rest is up to the machine. */
const usual = /^(?:PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|USER|LOGNAME|SHELL|TERM|PWD)$/;

function* passenvFindings(attribute: Attribute): Generator<Finding> {
  for (const word of meantValues(attribute)) {
    if (word.text.includes('=')) {
      yield {
        at: word,
        message: `'passenv' takes names alone; ${quote(word.text)} belongs into 'env'`,
        effect: 'drops-value',
      };
    } else if (!isVariableName(word.text)) {
      // A comma between items is a matter of its own.
      if (word.text.includes(',')) continue;
      yield {
        at: word,
        message: `${quote(word.text)} can be the name of no variable; 'passenv' takes names alone`,
        effect: 'drops-value',
      };
    } else if (!usual.test(word.text) && attribute.operator?.operator !== 'remove') {
      yield {
        at: word,
        message: `few daemons are started with ${quote(word.text)} in their environment; 'env' can set it`,
        severity: 'info',
        effect: 'drops-value',
        consequence: 'where the environment of the daemon lacks it, the daemon warns and leaves it out',
      };
    }
  }
}
