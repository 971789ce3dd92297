/** As `JSON.stringify` prints with an indent of one, with whole numbers of any size. */
export function exactJson(value: unknown): string {
  try {
    return JSON.stringify(value, null, 1);
  } catch (error) {
    // It is faster, and refuses the numbers that are rare here.
    if (error instanceof TypeError) return print(value, '\n');
    throw error;
  }
}

function print(value: unknown, indent: string): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${print(item, inner)}`);
    return items.length === 0 ? '[]' : `[${items.join(',')}${indent}]`;
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${inner}${JSON.stringify(key)}: ${print(field, inner)}`);
  return fields.length === 0 ? '{}' : `{${fields.join(',')}${indent}}`;
}
