import { baseName } from '../../../text/base-name.ts';
import { defineRule, eachRunning } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** Platforms whose daemon has no libwrap any more. */
const withoutLibwrap = /^(?:rhel|centos|rocky|alma|alma-?linux)(?:[89]|1\d)|^fedora(?:2[89]|[3-9]\d)/i;

export const rule = defineRule({
  meta: {
    name: 'portability/libwrap-dependency',
    summary: 'A service that counts on hosts.allow and hosts.deny, or does without them',
    severity: 'info',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'tcp_wrappers are gone from RHEL 8 and Fedora 28 and later. Where they exist, the name that is looked up is the base name of the server, or argv[0] with NAMEINARGS, the id of a built-in service, or the name of a redirected one; users lose hours on it.',
    references: [
      'libwrap code in access.c',
      'https://github.com/debops-contrib/ansible-checkmk_agent/issues/34',
      'https://github.com/debops-contrib/ansible-checkmk_agent/pull/24',
    ],
    examples: {
      bad: 'server = /usr/sbin/tcpd\nserver_args = in.ftpd\nflags = IPv4\nlibwrap = in.ftpd',
      good: 'only_from = 192.0.2.0/24',
    },
  },
  check: (context) =>
    eachRunning(context, (view) => {
      const { target } = context;
      const isGone = target.libwrap === false || withoutLibwrap.test(target.platform ?? '');
      const unused = flagAt(view);
      if (unused !== undefined) {
        context.report({
          at: unused,
          message: isGone
            ? `the target has no tcp_wrappers, so NOLIBWRAP does nothing for ${quote(view.name)}`
            : `hosts.allow and hosts.deny do not hold for ${quote(view.name)} with NOLIBWRAP, where the system has tcp_wrappers`,
        });
      }
      const at = usedAt(view);
      if (at === undefined) return;
      context.report({
        at,
        message: isGone
          ? `the target has no tcp_wrappers, so hosts.allow does not protect ${quote(view.name)}; write 'only_from'`
          : `hosts.allow protects ${quote(view.name)} under the name ${quote(daemonName(view))}, where the system has tcp_wrappers`,
        ...(isGone ? { severity: 'warning' } : {}),
      });
    }),
});

/** The flag with which a service does without. */
function flagAt(view: ServiceView) {
  return attributeOf(view, 'flags')?.values.find(({ text }) => text.toUpperCase() === 'NOLIBWRAP');
}

function usedAt(view: ServiceView) {
  if (attributeOf(view, 'libwrap') !== undefined) return rangeOf(view, 'libwrap');
  return baseName(view.server ?? '') === 'tcpd' ? rangeOf(view, 'server') : undefined;
}

/** The name under which hosts.allow has to know the service. */
function daemonName(view: ServiceView): string {
  const written = attributeOf(view, 'libwrap')?.values[0]?.text;
  const program = view.argv0 ?? view.server ?? view.name;
  return written ?? baseName(program);
}
