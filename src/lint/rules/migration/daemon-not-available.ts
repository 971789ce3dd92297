import { defineRule } from '../../rule.ts';
import { quote } from '../../wording.ts';

/** Platforms without xinetd and inetd in their packages. */
const platformsWithout = /^(?:rhel|centos|rocky|alma|alma-?linux)(?:9|1\d)|^fedora(?:3[4-9]|[4-9]\d)|^macos/i;

export const rule = defineRule({
  meta: {
    name: 'migration/daemon-not-available',
    summary: 'A configuration for a platform that does not have the daemon',
    severity: 'info',
    formats: ['xinetd', 'inetd'],
    scope: 'tree',
    effect: 'none',
    fixable: 'no',
    facts: 'target',
    since: '0.1.0',
    why: 'RHEL, Rocky and Alma 9 and 10, Fedora 34 and later, and macOS have no xinetd. `xcfg serve` runs the configuration as it is, `xcfg convert --to systemd` makes units of it.',
    references: [
      'https://github.com/zmanda/amanda/issues/247',
      'https://github.com/FOGProject/fogproject/issues/425',
      'https://github.com/ComplianceAsCode/content/issues/12875',
    ],
    examples: {
      bad: '# for rhel9\nservice web\n{\n\t...\n}',
      good: 'includedir /etc/xinetd.d',
      files: { good: { '/etc/xinetd.d/README.txt': '# everything is migrated\n' } },
      target: { platform: 'rhel9' },
    },
  },
  checkTree: ({ tree, target, report }) => {
    const main = tree.files.find(({ file }) => file.children.some(({ type }) => type === 'Entry'));
    if (main === undefined || !platformsWithout.test(target.platform ?? '')) return;
    const entry = main.file.children.find(({ type }) => type === 'Entry');
    report({
      source: main.source,
      at: entry?.type === 'Entry' ? (entry.name ?? entry) : { start: 0, end: 0 },
      message: `${quote(target.platform ?? '')} has no ${main.file.format}: run this with 'xcfg serve', make units with 'xcfg convert --to systemd', or use socat`,
    });
  },
});
