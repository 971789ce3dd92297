/** What lies below most parts: the tree, where it comes from, and the table of what may stand in it. */
const syntax = ['text', 'diagnostics', 'ast', 'catalog', 'grammar'];

/**
 * Which folders of src/ a folder may import, besides itself. Files directly in src/ (`version.ts`) hold facts that
 * everyone may know.
 */
export const folderImports: Readonly<Record<string, readonly string[]>> = {
  text: [],
  diagnostics: ['text'],
  ast: ['text', 'diagnostics'],
  catalog: ['text', 'ast'],
  grammar: ['text', 'diagnostics', 'ast', 'catalog'],
  model: syntax,
  config: ['text', 'diagnostics'],
  report: ['text', 'diagnostics'],
  lint: [...syntax, 'model', 'config'],
  // Returns trees; only `format` makes text of them.
  convert: [...syntax, 'model'],
  format: syntax,
  native: ['text'],
  // The daemon stays small: no linter, formatter, converter or report is in it.
  serve: [...syntax, 'model', 'native'],
  lsp: [...syntax, 'model', 'config', 'report', 'lint', 'convert', 'format'],
  commands: [...syntax, 'model', 'config', 'report', 'lint', 'convert', 'format', 'native', 'serve', 'lsp'],
};

/** Which folders may import a package. A package that is not listed has no business in src/. */
export const packageImports: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ['grammar'],
  yargs: ['commands'],
  chalk: ['report', 'commands'],
  diff: ['format', 'commands'],
  'fast-glob': ['commands', 'model'],
  'fastest-levenshtein': ['text'],
  ignore: ['config'],
  'jsonc-parser': ['config'],
  'string-width': ['report', 'commands'],
  // Types alone.
  sarif: ['report'],
  valibot: ['config'],
};

/** Which folders may reach outside the process; the others are given what they need. */
export const systemModules: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['commands', 'config', 'model', 'native', 'serve'],
  'node:fs/promises': ['commands', 'config', 'serve'],
  'node:child_process': ['commands', 'serve'],
  'node:net': ['model', 'serve', 'commands'],
  'node:dgram': ['serve'],
  'node:dns': ['serve'],
  'node:dns/promises': ['serve'],
  'node:os': ['commands', 'model', 'serve', 'native'],
  'node:process': ['commands', 'native', 'serve'],
  'node:module': ['native', 'commands'],
  'node:worker_threads': ['commands'],
};
