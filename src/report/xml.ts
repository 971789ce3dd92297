import { escapeControl } from '../text/escape-control.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0, in which most control characters cannot stand in any form. */
export function escapeXml(text: string): string {
  return escapeControl(text)
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g,
      '\ufffd',
    );
}

/** `<name a="1" b="2">`, without what is undefined. */
export function openTag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  end: '>' | '/>' = '>',
): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${pairs.join('')}${end}`;
}
