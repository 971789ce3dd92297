import { type Quirk, quirkTable } from '../../src/model/quirks.ts';

const introduction = `# Compatibility with xinetd

xcfg reads a configuration under one of two profiles. \`xinetd-2.3.15.3\` does exactly what that release of xinetd does
with the text, its surprises included: \`lint\` and \`effective --profile xinetd-2.3.15.3\` say with it what will happen.
\`serve\` follows the documents and fails closed: an entry that asks for something that cannot be honoured does not run,
and says why with file and line.

Each difference has a name. A profile is a set of these names, and each is tested under both profiles. The evidence
names recorded cases in \`fixtures/oracle-xinetd\`.
`;

/** docs/compatibility.md: the differences between the profiles, from the table that the code asks. */
export function* compatibilityPage(): Iterable<readonly [path: string, text: string]> {
  const areas = [...new Set(quirkTable.map(([, { area }]) => area))];
  const sections = areas.map((area) => {
    const entries = quirkTable.filter(([, quirk]) => quirk.area === area);
    return `## ${capital(area)}\n\n${entries.map(([id, quirk]) => section(id, quirk)).join('\n')}`;
  });
  yield ['docs/compatibility.md', `${introduction}\n${sections.join('\n')}`];
}

function capital(text: string): string {
  return text === 'inetd.conf' ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function section(id: string, { daemon, instead, why, evidence, partOf }: Quirk): string {
  const comesWith = partOf === undefined ? '' : ` Comes with \`${partOf}\`.`;
  return `### \`${id}\`

- xinetd 2.3.15.3: ${daemon}
- xcfg serve: ${instead}
- Why: ${why}
- Evidence: ${evidence.map((each) => (each.includes(' ') ? each : `\`${each}\``)).join(', ')}.${comesWith}
`;
}
