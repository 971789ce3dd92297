import { showBareBytes } from '../text/bare-bytes.ts';
import { escapeControl } from '../text/escape-control.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0, in which most control characters cannot stand in any form, and bare bytes of names neither. */
export function escapeXml(text: string): string {
  return showBareBytes(escapeControl(text))
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
