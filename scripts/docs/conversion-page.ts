import { conversionCodes, isNote } from '../../src/convert/codes.ts';

const introduction = `# What a conversion says

\`xcfg convert\` names everything that the result does not say as the source does, with a level and a code. **E**: something
was not converted, or a restriction was lost; the exit status is 1. **W**: the meaning changed, or something harmless was
lost; \`--strict\` fails for these, too. **I**: worth knowing. \`xcfg explain CODE\` prints the same.

What is wrong with the text of an xinetd.conf is said in the words of its daemon, with codes that are not in this table.

| code | level | meaning |
| --- | --- | --- |
`;

/** docs/conversion.md: the codes of a conversion, from the table that the code asks. */
export function* conversionPage(): Iterable<readonly [path: string, text: string]> {
  const rows = Object.entries(conversionCodes).map(
    ([code, { level, meaning }]) =>
      `| \`${code}\` | ${level}${isNote(code) ? ', in text only' : ''} | ${meaning} |\n`,
  );
  yield ['docs/conversion.md', introduction + rows.join('')];
}
