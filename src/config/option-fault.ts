/** What decides about the values of an option: its default, and whether its texts are regular expressions. */
export interface OptionShape {
  readonly default: unknown;
  readonly isPattern?: boolean;
}

/**
 * What is wrong with the value of a rule's option, as the end of a sentence; undefined when nothing is. The default of the
 * option tells its type: a list holds texts, a table holds texts by name.
 */
export function optionFault(
  value: unknown,
  { default: standard, isPattern: holdsPatterns = false }: OptionShape,
): string | undefined {
  if (Array.isArray(standard)) {
    if (!Array.isArray(value) || !value.every(isText)) return 'must be a list of texts';
    return holdsPatterns && !value.every(isPattern) ? 'must be a list of regular expressions' : undefined;
  }
  if (typeof standard === 'object') {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isTable && Object.values(value).every(isText) ? undefined : 'must be an object of texts';
  }
  if (typeof value === typeof standard) return undefined;
  return `must be ${wordsForTypes[typeof standard] ?? typeof standard}`;
}

const wordsForTypes: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a text is a regular expression. */
export function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
