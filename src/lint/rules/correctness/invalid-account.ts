import type { Word } from '../../../ast/nodes.ts';
import { isSystemAccount, isSystemGroup } from '../../../grammar/inetd/system-names.ts';
import { type Host, systemAccountMeant } from '../../host.ts';
import { indentOf } from '../../line.ts';
import { defineRule, eachService, type Finding } from '../../rule.ts';
import { attributeOf, type ServiceView } from '../../service-view.ts';
import { didYouMean, quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'correctness/invalid-account',
    summary: 'A user or group that the daemon cannot find, or finds another for',
    severity: 'error',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'drops-service',
    fixable: 'unsafe',
    facts: 'opt-in',
    since: '0.1.0',
    why: '`user = nobody:nogroup`, the form of inetd.conf, is `Unknown user: nobody:nogroup`. A number becomes the group as well, and with `groups = yes` it needs an entry in the passwd file, or every server exits. Supplementary groups are dropped unless `groups = yes`.',
    references: [
      'user_parser in parsers.c; set_credentials in child.c',
      'https://github.com/olafz/percona-clustercheck/issues/7',
    ],
    examples: { bad: 'user = nagios:nagios', good: 'user = nagios\ngroup = nagios' },
  },
  check: (context) =>
    eachService(context, (view) => {
      const { host } = context.analysis;
      if (view.entry.syntax === 'block') {
        for (const finding of findings(view, host)) context.report({ effect: 'turns-off', ...finding });
      }
      for (const key of ['user', 'group'] as const) {
        const word = attributeOf(view, key)?.values[0];
        if (word === undefined) continue;
        if (/^\d+$/.test(word.text)) {
          // xinetd takes a number as it is.
          if (view.entry.syntax !== 'block' && host.tables[key](word.text)?.gid === undefined)
            context.report(numberAsName(word, key));
          continue;
        }
        // The form of inetd.conf has been reported.
        if (key === 'user' && isInetdForm(word.text, view)) continue;
        const isKnown =
          (key === 'user' ? host.tables.user(word.text) : host.tables.group(word.text)) !== undefined;
        if (!isKnown) {
          context.report({
            at: word,
            message: host.hasFacts
              ? `there is no ${key} ${quote(word.text)} on the machine`
              : `${quote(word.text)} can be the name of no ${key}${didYouMean(systemAccountMeant(word.text))}`,
            ...(view.entry.syntax === 'block' ? { effect: 'turns-off' } : unknownToInetd),
          });
        }
      }
    }),
});

const unknownToInetd = {
  effect: 'drops-service',
  consequence: 'the daemon drops the line, or starts no server for it',
} as const satisfies Partial<Finding>;

/** inetd looks every account up by its name. */
function numberAsName(word: Word, key: string): Finding {
  return {
    at: word,
    message: `${quote(word.text)} is looked up as a name; write the name of the ${key}`,
    severity: 'warning',
    ...unknownToInetd,
  };
}

function isInetdForm(text: string, { entry }: ServiceView): boolean {
  return entry.syntax === 'block' && /[:.]/.test(text);
}

function* findings(view: ServiceView, { hasFacts, tables }: Host): Generator<Finding> {
  const user = attributeOf(view, 'user');
  const [word, ...rest] = user?.values ?? [];
  if (user === undefined || word === undefined || rest.length > 0) return;
  const group = attributeOf(view, 'group');
  const separator = /[:.]/.exec(word.text)?.[0];
  if (separator !== undefined && !(separator === '.' && hasFacts && tables.user(word.text) !== undefined)) {
    const [name = '', groupName = ''] = splitAtFirst(word.text, separator);
    const isSplit = name !== '' && groupName !== '' && group === undefined;
    yield {
      at: word,
      message: `${quote(word.text)} is the form of inetd.conf; write 'user = ${name}' and 'group = ${groupName}'`,
      ...(separator === '.' ? { consequence: 'the daemon looks for a user of that whole name' } : {}),
      // The name of a person may hold a dot, and then everything is fine.
      ...(separator === '.' && !isSystemAccount(name) && !isSystemGroup(groupName)
        ? { severity: 'warning' }
        : {}),
      ...(isSplit
        ? {
            fix: {
              description: 'Split into user and group',
              edits: [
                {
                  start: word.start,
                  end: word.end,
                  text: `${name}\n${indentOf(view.source, user.start)}group = ${groupName}`,
                },
              ],
            },
          }
        : {}),
    };
  } else if (/^\d+$/.test(word.text)) {
    const groups = attributeOf(view, 'groups')?.values[0]?.text.toLowerCase() === 'yes';
    if (groups) {
      yield {
        at: word,
        message: "'groups = yes' needs the name of a user, not a number",
        effect: 'misreads',
        consequence: 'every server exits unless the passwd file has the number',
      };
    } else if (group === undefined) {
      yield {
        at: word,
        message: `without 'group' the number ${quote(word.text)} is taken for the group as well`,
        severity: 'info',
        effect: 'none',
      };
    }
  }
}

function splitAtFirst(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
