import type { Word } from '../../../ast/nodes.ts';
import type { Range } from '../../../text/range.ts';
import { meantValues } from '../../line.ts';
import { defineRule } from '../../rule.ts';
import type { ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

const secretNames =
  /(?:^|[_-])(?:pass(?:w(?:or)?d|phrase)?|token|secret|api[_-]?key|private[_-]?key|credentials?)(?:$|[_-])/i;
/** Bits of entropy for each character; words and paths stay below. */
const randomness = 4;
const shortestRandom = 20;

export const rule = defineRule({
  meta: {
    name: 'security/secret-in-config',
    summary: 'A word that looks like a password or key',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'The configuration is readable for everybody, and arguments show in the list of processes. clustercheck took the user and the password of the database as server_args by design; its maintainers moved them to a file. Reports never show the word.',
    references: ['https://github.com/percona/percona-xtradb-cluster/pull/2277'],
    examples: {
      bad: 'server = /usr/bin/clustercheck\nserver_args = clustercheckuser s3cret 1',
      good: 'env = MYCNF=/etc/clustercheck.cnf',
    },
    options: {
      allow: {
        default: [] as readonly string[],
        summary: 'Regular expressions for words that are no secrets, such as hashes and ids',
        isPattern: true,
      },
    },
  },
  check: ({ source, analysis, options, report }) => {
    const allowed = options.allow.map((pattern) => new RegExp(pattern));
    return {
      Attribute: (attribute, entry) => {
        const isArguments = attribute.key === 'server_args' || attribute.key === 'argv';
        if (!isArguments && attribute.key !== 'env') return;
        const values = entry.syntax === 'block' ? meantValues(attribute) : attribute.values;
        const password = isArguments ? knownPassword(analysis.view(entry, source), values) : undefined;
        for (const [index, word] of values.entries()) {
          if (allowed.some((pattern) => pattern.test(word.text))) continue;
          const found =
            word === password
              ? { at: word, what: 'this argument is a password in clear text' }
              : secretIn(word, values[index - 1], source.text);
          if (found === undefined) continue;
          report({
            at: found.at,
            message: `${found.what}; everybody who can read the configuration${isArguments ? ' or the list of processes' : ''} can read it`,
            isSecret: true,
          });
        }
      },
    };
  },
});

/** Programs that take a user and his password as their first arguments. */
const takesPassword = /^(?:pxc_?)?(?:clustercheck|mysqlchk)/;

function knownPassword(view: ServiceView | undefined, values: readonly Word[]): Word | undefined {
  const program = view?.server?.split('/').at(-1) ?? '';
  if (view === undefined || !takesPassword.test(program)) return undefined;
  // Where the words begin with argv[0], the arguments begin behind it.
  const word = values[values.length - view.args.length + 1];
  return word === undefined || word.text.startsWith('-') || isReference(word.text) ? undefined : word;
}

interface Secret {
  readonly at: Range;
  readonly what: string;
}

function secretIn(word: Word, before: Word | undefined, text: string): Secret | undefined {
  const quoted = text.slice(word.start, word.end);
  // Quotes are no part of the secret: a fix that takes them away shows it without them.
  const raw = quoted.replace(/["']$/, '');
  const end = word.start + raw.length;
  // Letters and digits together: a port and a word of options are no password.
  if (/^-p(?=\S*[A-Za-z])(?=\S*\d)[^\s/=.:,]{4,}$/.test(raw)) {
    return { at: { start: word.start + 2, end }, what: "the value of '-p' is given in clear text" };
  }
  const assigned = /^(["']?-{0,2})([A-Za-z][\w-]*)=(.+)$/.exec(raw);
  if (assigned !== null && secretNames.test(assigned[2] ?? '') && !isReference(assigned[3] ?? '')) {
    const start = word.start + raw.indexOf('=') + 1;
    return { at: { start, end }, what: `${quote(assigned[2] ?? '')} is given in clear text` };
  }
  if (
    before !== undefined &&
    /^--?[A-Za-z]/.test(before.text) &&
    secretNames.test(before.text.replace(/^-+/, '')) &&
    !raw.startsWith('-') &&
    !isReference(raw)
  ) {
    const start = word.start + (/^["']/.test(raw) ? 1 : 0);
    return { at: { start, end }, what: `the value of ${quote(before.text)} is given in clear text` };
  }
  const credentials = /(?:^|=)[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i.exec(raw);
  if (credentials !== null) {
    const start = word.start + raw.indexOf(`:${credentials[1]}@`, raw.indexOf('://') + 3) + 1;
    return { at: { start, end: start + (credentials[1]?.length ?? 0) }, what: 'a URL holds a password' };
  }
  const value = assigned?.[3] ?? raw;
  if (!looksRandom(value)) return undefined;
  return { at: { start: end - value.length, end }, what: 'this looks like a key or token' };
}

/** A path, a variable of a template or a placeholder says where the secret is, not what. */
function isReference(value: string): boolean {
  return /^(?:\/|\$|\{\{|<%|@\w+@|~\/|\.\/)/.test(value);
}

function looksRandom(value: string): boolean {
  if (value.length < shortestRandom || !/^[A-Za-z0-9+/_=-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || /[/_-].*[/_-]/.test(value)) return false;
  return entropy(value) >= randomness;
}

function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) sum -= (count / value.length) * Math.log2(count / value.length);
  return sum;
}
