/** As `JSON.stringify` prints with an indent of one, with whole numbers of any size. */
export function exactJson(value: unknown, indent = '\n'): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${exactJson(item, inner)}`);
    return items.length === 0 ? '[]' : `[${items.join(',')}${indent}]`;
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${inner}${JSON.stringify(key)}: ${exactJson(field, inner)}`);
  return fields.length === 0 ? '{}' : `{${fields.join(',')}${indent}}`;
}
