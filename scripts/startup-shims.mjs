// What packages load at start, although a usual command line has no use for it, is replaced in the bundle. Measured where
// `node -e 0` takes 55 ms: 6 ms for each copy of string-width (patterns over all of Unicode, an Intl.Segmenter), 3 ms for
// node:assert, 3 ms for the look at the terminal in chalk, 4 ms for the help that yargs lays out before every command.

import { readFile } from 'node:fs/promises';

const shims = [
  {
    // Plain ASCII is as wide as it is long; for the rest the real one is loaded.
    module: 'string-width',
    importer: /./,
    contents: `
      let real;
      export default function stringWidth(text, options) {
        if (/^[\\x20-\\x7e]*$/.test(text)) return text.length;
        real ??= require('string-width').default;
        return real(text, options);
      }`,
  },
  // src/commands/color.ts decides about colours and tells chalk.
  {
    module: '#supports-color',
    importer: /\/chalk\//,
    contents: 'export default { stdout: false, stderr: false };',
  },
  // yargs checks its own arguments with it; ours are checked by the compiler.
  {
    module: 'assert',
    importer: /\/yargs\//,
    contents: 'export function strictEqual() {} export function notStrictEqual() {}',
  },
  // The layout of the help of yargs, which nobody sees: src/commands/help.ts makes ours.
  {
    module: 'cliui',
    importer: /\/yargs\//,
    contents: "export default () => ({ div() {}, span() {}, resetOutput() {}, toString: () => '' });",
  },
  // Messages stay English: no search for translations in files.
  {
    module: 'y18n',
    importer: /\/yargs\//,
    contents: `
      import { format } from 'node:util';
      export default () => ({
        __: (text, ...values) => format(text, ...values),
        __n(one, many, count, ...values) {
          const text = count === 1 ? one : many;
          return format(text, ...(text.includes('%d') ? [count, ...values] : values));
        },
        getLocale: () => 'en',
        setLocale() {},
        updateLocale() {},
      });`,
  },
];

// Two loops of chevrotain, in files of its own that are edited on their way into the bundle: together 6 ms.
const edits = [
  {
    // A table of 65,536 numbers, of which a text without characters beyond latin1 reads none; computed when asked for.
    file: /\/chevrotain\/lib\/src\/scan\/lexer\.js$/,
    replacements: [
      ['charCodeToOptimizedIdxMap[charCode]', '255 + ~~(charCode / 255)'],
      ['    if (isEmpty(charCodeToOptimizedIdxMap)) {', '    if (false) {'],
    ],
  },
  {
    // Eighty methods put on the parser for its own analysis are deleted afterwards. To put those of the prototype over
    // them has the same effect, and V8 takes the parser for an object of a fixed shape all along.
    file: /\/chevrotain\/lib\/src\/parse\/parser\/traits\/gast_recorder\.js$/,
    replacements: [[/delete that(\[.*?\]|\.\w+);/g, 'that$1 = Object.getPrototypeOf(that)$1;']],
  },
];

function edited(text, { file, replacements }) {
  return replacements.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    // Another version of chevrotain: look at it again, by hand.
    if (after === before) throw new Error(`nothing to replace in ${file}: ${from}`);
    return after;
  }, text);
}

/** The esbuild plugin that puts the replacements in. */
export const startupShims = {
  name: 'startup-shims',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${shims.map(({ module }) => module).join('|')})$`);
    onResolve({ filter }, ({ path, importer, namespace }) => {
      const shim = shims.find(({ module }) => module === path);
      const isOwn = namespace === 'startup-shims';
      return !isOwn && shim.importer.test(importer) ? { path, namespace: 'startup-shims' } : undefined;
    });
    onLoad({ filter, namespace: 'startup-shims' }, ({ path }) => ({
      contents: shims.find(({ module }) => module === path).contents,
      resolveDir: import.meta.dirname,
    }));
    for (const edit of edits) {
      onLoad({ filter: edit.file }, async ({ path }) => ({
        contents: edited(await readFile(path, 'utf8'), edit),
      }));
    }
  },
};
