/**
 * What the daemon does with a text that a rule finds fault with. Two lines that look equally wrong can be harmless or
 * open a port, so every finding ends with this in plain words.
 */
export const effectClauses = {
  'ignores-line': 'the daemon ignores this line',
  'drops-value': 'the daemon leaves this word out of the list',
  'turns-off': 'the daemon switches the service off',
  'drops-service': 'the daemon drops the entry',
  'drops-next-section': "the daemon skips everything up to the next line that is only '}'",
  'drops-file': 'the daemon does not read the file',
  exits: 'the daemon exits, at start as well as on reload',
  crashes: 'the daemon or its child crashes or spins',
  misreads: 'the daemon accepts it without a word, and it means something else',
  varies: null,
  none: null,
} as const satisfies Readonly<Record<string, string | null>>;

export type Effect = keyof typeof effectClauses;
