import { standardNames } from '../../host.ts';
import { defineRule, eachRunning, type Finding } from '../../rule.ts';
import { attributeOf, rangeOf, type ServiceView } from '../../service-view.ts';
import { quote } from '../../wording.ts';

/** Ports that ordinary clients use: whoever looks for the service is locked out. */
const commonServices = ['ftp', 'ssh', 'telnet', 'smtp', 'domain', 'http', 'https', 'pop3', 'imap2', 'ntp'];

export const rule = defineRule({
  meta: {
    name: 'security/sensor-lockout',
    summary: 'A SENSOR that locks out whom it should not',
    severity: 'warning',
    formats: ['xinetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'no',
    facts: 'none',
    since: '0.1.0',
    why: 'One packet puts its source on a list that blocks all services of the daemon, with FOREVER until it is restarted. With UDP the source can be forged, so anybody can lock out a third party. The table ends at 10240 entries. There is no way to exempt the addresses of administrators.',
    references: ['xinetd.conf(5): SENSOR', 'sensor.c'],
    examples: {
      bad: 'service trap\n{\n\ttype = INTERNAL UNLISTED\n\tflags = SENSOR IPv4\n\tsocket_type = dgram\n\tprotocol = udp\n\tport = 7777\n\twait = yes\n\tuser = nobody\n\tdeny_time = FOREVER\n\tlog_type = SYSLOG daemon\n}',
      good: 'service trap\n{\n\ttype = INTERNAL UNLISTED\n\tflags = SENSOR IPv4\n\tsocket_type = stream\n\tprotocol = tcp\n\tport = 7777\n\twait = no\n\tuser = nobody\n\tdeny_time = 60\n\tlog_type = SYSLOG daemon\n}',
    },
  },
  check: (context) =>
    eachRunning(context, (view, service) => {
      if (!view.flags.has('SENSOR') || service === null) return;
      for (const finding of risks(view, service.denyTime)) context.report(finding);
    }),
});

function* risks(view: ServiceView, denyTime: number): Generator<Finding> {
  if (view.socketType === 'dgram') {
    yield {
      at: rangeOf(view, 'socket_type'),
      message: 'the source of a datagram can be forged: anybody can lock out others',
    };
  }
  if (denyTime === -1) {
    yield {
      at: rangeOf(view, 'deny_time'),
      message: "with 'deny_time = FOREVER' a client stays locked out until the daemon is restarted",
    };
  }
  if (view.socketType === 'stream' && view.wait === true) {
    yield {
      at: rangeOf(view, 'wait'),
      message: "a SENSOR on a stream needs 'wait = no', or it does not learn the address",
    };
  }
  const common = commonServices.find(
    (name) => view.port !== null && standardNames().servicePort(name, view.protocol ?? 'tcp') === view.port,
  );
  if (common !== undefined || commonServices.includes(view.name)) {
    yield {
      at: attributeOf(view, 'port') === undefined ? (view.entry.name ?? view.entry) : rangeOf(view, 'port'),
      message: `honest clients look for ${quote(common ?? view.name)} too, and are locked out of everything`,
    };
  }
}
