import { defineRule, eachRunning } from '../../rule.ts';
import type { ServiceView } from '../../service-view.ts';
import { startedProgram } from '../../started-program.ts';
import { quote } from '../../wording.ts';
import { type InsecureService, insecureServices } from './insecure-services.ts';
import { switchOff } from './switch-off.ts';

export const rule = defineRule({
  meta: {
    name: 'security/insecure-service',
    summary:
      'A service that auditors want off: clear text passwords, access by address, information for strangers',
    severity: 'warning',
    formats: ['xinetd', 'inetd'],
    scope: 'entry',
    effect: 'none',
    fixable: 'safe',
    facts: 'none',
    since: '0.1.0',
    why: 'Benchmarks such as CIS and STIG want telnet, the r-services, tftp, talk and tcpmux off or absent. Each finding says what is wrong with the service, what to run instead; with the presets `hardening/cis` and `hardening/stig` it names the items that ask for it.',
    items: insecureServices.flatMap(({ items }) => items),
    references: [
      'https://secscan.acron.pl/_export/raw/ubuntu1604/2/1/9',
      'https://github.com/CISOfy/lynis/issues/661',
      'https://github.com/CISOfy/lynis/issues/663',
    ],
    examples: {
      bad: 'service telnet\n{\n\tdisable = no\n\t...\n}',
      good: 'service telnet\n{\n\tdisable = yes\n\t...\n}',
    },
    options: {
      allowServices: {
        default: [] as readonly string[],
        summary: 'Names of services that are meant to run',
      },
    },
    isFixedOnRequest: true,
  },
  check: (context) =>
    eachRunning(context, (view) => {
      const row = insecureServices.find((each) => isMatch(each, view));
      if (row === undefined || context.options.allowServices.includes(view.name)) return;
      context.report({
        at: view.entry.name ?? view.entry,
        message: `${quote(view.name)} is not safe to run: ${row.reason}; use ${row.replacement}`,
        items: row.items,
        ...switchOff(view),
      });
    }),
});

function isMatch(row: InsecureService, view: ServiceView): boolean {
  const program = startedProgram(view)?.name;
  return (
    row.names.includes(view.name) ||
    (program !== undefined && row.programs.includes(program)) ||
    (row.port !== undefined && row.port === `${view.port}/${view.protocol}`)
  );
}
