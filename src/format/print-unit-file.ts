import type { UnitFile } from '../ast/unit-file.ts';

/** A unit file as systemd reads it. */
export function printUnitFile({ header, sections }: UnitFile): string {
  const comment = header.map((line) => `# ${onOneLine(line)}\n`).join('');
  const body = sections.map(({ title, settings }) => {
    const lines = settings.map(([key, value]) => `${key}=${value}\n`);
    return `\n[${title}]\n${lines.join('')}`;
  });
  return comment + body.join('');
}

/** File and service names come from outside: a control character in one must not begin a line of its own. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\x00-\x1F\x7F]/g, '?');
}
