// Looks through the tracked files for what a linter of the language does not see: machine paths, registry hosts,
// left-over markers, tests switched off, swallowed errors, files that have grown too long.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const code = /^(src|native|test|bench|scripts|bin|\.ci)\/.*\.(ts|mjs|cjs|js|c|h|sh)$|^\.ci\/run$/;
const tests = /^test\//;
// Recorded texts of other people and of real daemons may say what they like.
const recorded = /^fixtures\//;

// Letters in brackets keep a rule from finding itself.
const rules = [
  {
    name: 'a path of one machine',
    files: /./,
    pattern: /\/(?:w[o]rk|f[a]rm)\/[a-z.]|\/t[m]p\/(?:wt|daemons|debs)\b/,
  },
  {
    name: 'a package registry or a download address',
    files: /./,
    pattern:
      /regist[r]y\.(?:npmjs|yarnpkg)|deb\.debia[n]\.org|"resolve[d]":|https?:\/\/\S+\.(?:tgz|tar\.[gx]z|deb|zip)\b/,
  },
  {
    name: 'a left-over marker',
    files: code,
    pattern: /\b(?:TO[D]O|FI[X]ME|X[X]X|HA[C]K)\b|\bnot imp[l]emented\b/,
  },
  {
    name: 'a test switched off or narrowed',
    files: tests,
    pattern: /\b(?:test|it|describe|suite|t)\.(?:only|skip|todo)\b|\b(?:skip|only|todo): *true\b/,
  },
  { name: 'a fixed sleep in a test', files: tests, pattern: /setTimeout\([^)]*[0-9]{3,}|\bsleep\([0-9]{3,}/ },
  {
    name: 'a swallowed error',
    files: code,
    pattern: /catch *(?:\([^)]*\))? *\{\s*\}|\.catch\(\(\) => \{\s*\}\)/,
  },
];

/** Lines of a source file; tables may have more and stand here by name. */
const longest = 400;
const tables = new Set(['src/catalog/attributes.ts', 'src/model/quirks.ts']);

const faults = [];
const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
for (const file of tracked) {
  if (file === '' || recorded.test(file) || !statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
  const text = readFileSync(file, 'utf8');
  for (const { name, files, pattern } of rules) {
    if (!files.test(file)) continue;
    for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
      const line = text.slice(0, match.index).split('\n').length;
      faults.push(`${file}:${line}: ${name}: ${match[0].replaceAll('\n', ' ')}`);
    }
  }
  const lines = text.split('\n').length - 1;
  if (/^(src|native)\//.test(file) && lines > longest && !tables.has(file)) {
    faults.push(
      `${file}:${longest}: ${lines} lines; a table may be as long, anything else wants another shape`,
    );
  }
}
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
