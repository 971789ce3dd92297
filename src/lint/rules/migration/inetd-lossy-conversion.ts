import type { Attribute, LineEntry } from '../../../ast/nodes.ts';
import { EntryValues } from '../../../grammar/inetd/entry-values.ts';
import type { SourceText } from '../../../text/source-text.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'migration/inetd-lossy-conversion',
    summary: 'An entry of inetd.conf that cannot become an xinetd.conf entry one to one',
    severity: 'warning',
    formats: ['inetd'],
    scope: 'line',
    effect: 'none',
    fixable: 'by convert',
    facts: 'none',
    since: '0.1.0',
    why: 'itox drops the limit behind `nowait` with a message, keeps `user:group` unsplit, needs to know where the daemons are for tcpd, and prints port numbers as names. `xcfg convert` does what can be done, with a comment for each loss.',
    references: ['itox.c and xconv.pl', 'xcfg convert'],
    examples: {
      format: 'inetd',
      bad: '8080 stream tcp nowait.20 www:www /usr/sbin/micro micro',
      good: '# see micro in xinetd.d',
    },
  },
  check: ({ source, report }) => ({
    Entry: (entry) => {
      if (entry.syntax !== 'line' || entry.disabled !== null) return;
      for (const finding of losses(entry)) report(finding);
      for (const finding of quotedArguments(entry, source)) report(finding);
    },
  }),
});

/** What an attribute of inetd.conf becomes, or does not. */
const fates: Readonly<Record<string, string>> = {
  max_per_minute: "a limit of starts a minute is neither 'cps' nor 'instances'",
  max_child: "becomes 'instances'",
  max_child_per_ip: "becomes 'per_source'",
  max_connections_per_ip_per_minute: 'a rate for one client has no counterpart',
  port: "a port number needs a name, 'type = UNLISTED' and 'port'",
  bind: "an address becomes 'bind', one entry for each",
  socket_path: 'UNIX sockets do not exist in xinetd.conf',
  sndbuf: 'sizes of buffers do not exist in xinetd.conf',
  rcvbuf: 'sizes of buffers do not exist in xinetd.conf',
  login_class: 'login classes do not exist in xinetd.conf',
  accept_filter: 'accept filters do not exist in xinetd.conf',
  ipsec_policy: 'IPsec policies do not exist in xinetd.conf',
};

function* losses(entry: LineEntry): Generator<Finding> {
  for (const attribute of entry.attributes) {
    const fate = fates[attribute.key];
    const at = spanOf(attribute);
    if (fate !== undefined && at !== undefined)
      yield { at, message: `${quote(attribute.values.map(({ text }) => text).join(','))}: ${fate}` };
  }
  const values = new EntryValues(entry);
  if (values.types.has('INTERNAL') && entry.name?.text.toLowerCase() === 'discard')
    yield {
      at: entry.name,
      message:
        "xinetd does not take 'discard' from inetd.conf (-inetd_compat), only from an entry of its own",
    };
  const server = values.text('server') ?? '';
  const argv0 = values.word('argv');
  if (values.text('ip_version') === '46')
    yield {
      at: values.word('protocol') ?? entry,
      message: 'both families are what xinetd.conf calls IPv6 without v6only',
    };
  if (server.split('/').at(-1) === 'tcpd') {
    yield {
      at: values.word('server') ?? entry,
      message: 'tcpd is not needed: xinetd asks hosts.allow itself, under the same name',
    };
  } else if (argv0 !== undefined && argv0.text.split('/').at(-1) !== server.split('/').at(-1)) {
    yield {
      at: argv0,
      message: `${quote(argv0.text)} is not the name of the program, which needs 'flags = NAMEINARGS'`,
    };
  }
}

/** Words of `server_args` end at blanks, and quotes are characters like others. */
function* quotedArguments(entry: LineEntry, source: SourceText): Generator<Finding> {
  const argv = entry.attributes.find(({ key }) => key === 'argv')?.values ?? [];
  for (const word of argv) {
    // A dialect without quotes has them in the argument already.
    if (!/["']/.test(source.slice(word)) || source.slice(word) === word.text) continue;
    yield {
      at: word,
      message: /^\S+$/.test(word.text)
        ? `the quotes of ${quote(source.slice(word))} would be a part of the argument`
        : `${quote(source.slice(word))} cannot be one argument; start a wrapper script`,
    };
  }
}

function spanOf({ values }: Attribute) {
  const [first] = values;
  const last = values.at(-1);
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}
