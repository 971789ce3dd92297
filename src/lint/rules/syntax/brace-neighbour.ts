/** What becomes of the text behind a brace, which has to stand alone on its line. */
export type Neighbour =
  /** Signs that say nothing. */
  | { readonly kind: 'noise' }
  /** A line of its own behind the brace. */
  | { readonly kind: 'line'; readonly text: string }
  /** Nothing that the daemon knows: it keeps its place, and is no longer read. */
  | { readonly kind: 'comment'; readonly text: string };

/** @param brace the brace that the text stands behind */
export function textBehind(brace: '{' | '}', text: string): Neighbour {
  const plain = text.replace(/^[;,.\s]+/, '');
  if (noise[brace].test(plain)) return { kind: 'noise' };
  if (brace === '{' ? isEntryLine(plain) : isSectionLine(plain)) return { kind: 'line', text: plain };
  const said = plain.replace(/^\/\/\s*/, '');
  return { kind: 'comment', text: said.startsWith('#') ? said : `# ${said}` };
}

/** The same brace once more neither opens nor closes anything. */
const noise = { '{': /^[;,.{\s]*$/, '}': /^[;,.}\s]*$/ } as const;

function isEntryLine(text: string): boolean {
  return /^(?!\/\/)[^\s#=]+\s*[-+]?=/.test(text) || text.startsWith('}');
}

/** A header or directive that is one with these words alone: `service for mail` is what somebody says. */
function isSectionLine(text: string): boolean {
  return /^(?:(?:service\s+\S+|defaults)(?:\s*\{.*)?|(?:include|includedir)\s+\S+)$/.test(text);
}
