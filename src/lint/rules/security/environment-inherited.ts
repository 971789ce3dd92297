import { defaultsInOrder, servicesInOrder } from '../../reading-order.ts';
import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/environment-inherited',
    summary: 'A program that gets the whole environment of the daemon',
    severity: 'info',
    formats: ['xinetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'Without `passenv` every variable of the shell that started the daemon reaches the program, tokens included; with `passenv =` only REMOTE_HOST was left. In containers the environment holds the secrets.',
    references: ['setup_environ in env.c', 'https://github.com/picoCTF/picoCTF/issues/411'],
    examples: {
      bad: 'service web\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 8080\n\twait = no\n\tuser = nobody\n\tserver = /usr/libexec/web\n\tonly_from = 192.0.2.1\n\tinstances = 5\n\tlog_type = SYSLOG daemon\n\tlog_on_success = HOST PID\n\tlog_on_failure = HOST\n}',
      good: 'passenv = PATH',
    },
  },
  checkTree: ({ tree, target, analysis, report }) => {
    if (tree.isPartial) return;
    const severity = target.environment === 'container' ? 'warning' : 'info';
    const exposed = servicesInOrder(tree).flatMap(({ source, entry }) => {
      const fate = analysis.fateOf(entry, source);
      const isExposed = fate.kind === 'runs' && fate.service.passenv === null && fate.service.argv.length > 0;
      return isExposed ? [{ source, entry }] : [];
    });
    const [defaults] = defaultsInOrder(tree);
    if (defaults !== undefined && exposed.length > 1) {
      report({
        source: defaults.source,
        at: defaults.entry.keyword,
        message: `${exposed.length} services get the whole environment of the daemon; write 'passenv' here`,
        severity,
      });
      return;
    }
    for (const { source, entry } of exposed) {
      report({
        source,
        at: entry.name ?? entry.keyword,
        message: `${quote(entry.name?.text ?? '')} gets the whole environment of the daemon; write 'passenv'`,
        severity,
      });
    }
  },
});
