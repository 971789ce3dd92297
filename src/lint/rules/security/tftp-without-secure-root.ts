import { defineRule, eachRunning } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { type StartedProgram, startedProgram } from '../../started-program.ts';
import { quote } from '../../wording.ts';

export const rule = defineRule({
  meta: {
    name: 'security/tftp-without-secure-root',
    summary: 'A tftp server that is not confined to a folder, or lets clients make files',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'Without `-s` (`--secure`) the server hands out every file that everybody may read. STIG RHEL-07-040720 asks for it, and scanners that want one exact line refuse valid ones such as `-v -s dir -m map`: here the arguments are read.',
    items: ['STIG RHEL-07-040720'],
    references: ['tftpd(8)', 'https://github.com/ComplianceAsCode/content/issues/3344'],
    examples: {
      bad: 'service tftp-root\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = dgram\n\tprotocol = udp\n\tport = 6969\n\twait = yes\n\tuser = nobody\n\tserver = /usr/sbin/in.tftpd\n\tserver_args = /srv/tftp\n\t...\n}',
      good: 'service tftp-root\n{\n\ttype = UNLISTED\n\tflags = IPv4\n\tsocket_type = dgram\n\tprotocol = udp\n\tport = 6969\n\twait = yes\n\tuser = nobody\n\tserver = /usr/sbin/tftpd-jail\n\tserver_args = -s /srv/tftp\n\t...\n}',
      also: ['security/insecure-service'],
    },
  },
  check: (context) =>
    eachRunning(context, (view) => {
      const program = startedProgram(view);
      if (program === null || !isTftp(view, program)) return;
      const at =
        attributeOf(view, 'server_args') === undefined
          ? rangeOf(view, 'server')
          : rangeOf(view, 'server_args');
      const range = view.entry.syntax === 'block' ? at : rangeOf(view, 'argv');
      if (!isConfined(program)) {
        context.report({
          at: range,
          message: `${quote(view.name)} is not confined to a folder; start it with '-s FOLDER'`,
        });
      }
      const create = view.args.find((word) => word === '--create' || /^-[a-z]*c[a-z]*$/.test(word));
      if (create !== undefined) {
        context.report({
          at: range,
          message: `with ${quote(create)} clients of ${quote(view.name)} may make new files`,
        });
      }
    }),
});

function isTftp({ name, port, protocol }: ServiceView, program: StartedProgram): boolean {
  return name === 'tftp' || (port === 69 && protocol === 'udp') || /(?:^|[-.])a?tftpd$/.test(program.name);
}

/** atftpd takes the folder as its last word, and is confined to it. */
function isConfined({ name, args }: StartedProgram): boolean {
  if (args.some((word) => /^-[a-zA-Z]*s/.test(word) || /^--secure(?:-dir)?(?:=|$)/.test(word))) return true;
  return name.endsWith('atftpd') && args.some((word) => word.startsWith('/'));
}
