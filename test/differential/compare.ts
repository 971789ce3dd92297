import path from 'node:path';
import type { ModelFiles } from '../../src/model/host-tables.ts';
import { splitLongLines } from '../../src/model/reader/long-lines.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { Configuration, Service } from '../../src/model/service.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { dumpedServices } from '../support/dumped-services.ts';
import { loggedMessage } from '../support/logged-message.ts';
import { oracleFiles, oracleHostName, oracleStart, oracleTables } from '../support/oracle-host.ts';
import type { DifferentialCase, ModelResult } from './case.ts';
import { daemonVariables } from './daemon-variables.ts';

const tables = oracleTables();

/** What the model says about a configuration, in the form of what the daemon did with it. */
export function modelResult({ main, files, inetd }: DifferentialCase): ModelResult {
  const source = (name: string, text: string) => SourceText.fromBytes(name, Buffer.from(text, 'latin1'));
  const configuration = resolve(source('main.conf', main), {
    profile: 'xinetd-2.3.15.3',
    tables,
    files: filesWith({ ...files, 'main.conf': main }),
    environment: daemonVariables.keys(),
    start: oracleStart,
    ...(inetd === null ? {} : { inetdCompat: source('/etc/inetd.conf', inetd) }),
  });
  const result = inForeground(configuration);
  const readsBehindEnd = [main, ...Object.values(files)].some(endsInBareWord);
  return {
    ...result,
    isUndefined: result.isUndefined || readsBehindEnd || readsUnsetWords(inetd ?? '', main),
  };
}

const wordsRead = 6;

/**
 * A line of inetd.conf that lacks words, with no longer one before it that left its words in memory: there is then what the
 * daemon had there before, mostly zeros. Behind a file that includes itself or a line of very many words, the words get other
 * places in memory than those before them.
 */
function readsUnsetWords(inetd: string, main: string): boolean {
  const isMoved = /^[ \t]*include[ \t]+main\.conf/im.test(main) || /[^\n]{1000}/.test(inetd);
  let most = 0;
  for (const count of wordCounts(linesAsCut(inetd))) {
    most = isMoved ? count : Math.max(most, count);
    if (most < wordsRead) return true;
  }
  return false;
}

/**
 * A line of inetd.conf that lacks words is read on in those of lines before it, whose memory was given back: the same text
 * is read to its end or crashes the daemon, depending on the xinetd.conf that was read before (observed).
 */
export function mayCrash({ inetd }: DifferentialCase): boolean {
  return wordCounts(inetd ?? '').some((count) => count < wordsRead);
}

/** How many words the lines of inetd.conf have, those without any and comments left out. */
function wordCounts(inetd: string): readonly number[] {
  return inetd
    .split('\n')
    .map((line) => line.match(/[^ \t\v\f\r]+/g) ?? [])
    .filter(([first]) => first !== undefined && !first.startsWith('#'))
    .map((words) => words.length);
}

/**
 * A line of one word with no more than a brace behind it, or what is left of a line that is too long: the daemon reads on in
 * what is behind the text in memory. So it does behind a word that fills its buffer.
 */
function endsInBareWord(text: string): boolean {
  const lines = linesAsCut(text);
  return (
    /(?:^|\n)[ \t]*(?![{}]\s*(?:\n|$))[^\s=#]+(?:\n\s*\S*\s*)?$|\{\s*$|[^\n]{8192}\n?$/.test(lines) ||
    /(?:^|\n)(?=[^\n]{8191})[ \t\v\f\r]*[^\s=]+[ \t\v\f\r]*(?:\n|$)/.test(lines)
  );
}

/** With line ends where the daemon cuts lines that are too long. */
function linesAsCut(text: string): string {
  return splitLongLines(new SourceText('', text, 'latin1')).text;
}

function filesWith(files: DifferentialCase['files']): ModelFiles {
  const made = new Map(Object.entries(files));
  const below = (name: string) => {
    const folder = path.normalize(`${name}/`);
    const inside = [...made.keys()].filter((each) => each.startsWith(folder));
    return [...new Set(inside.map((each) => each.slice(folder.length).replace(/\/.*/, '')))];
  };
  return {
    ...oracleFiles,
    read: (name) => {
      const text = made.get(path.normalize(name));
      if (text !== undefined) return { bytes: Buffer.from(text, 'latin1') };
      return below(name).length > 0 ? { error: 'directory' } : oracleFiles.read(name);
    },
    list: (name) => (below(name).length > 0 ? below(name) : oracleFiles.list(name)),
    kind: (name) => {
      if (made.has(path.normalize(name))) return 'file';
      return below(name).length > 0 ? 'directory' : oracleFiles.kind(name);
    },
  };
}

/** An IPv4 address in an IPv6 socket: the daemon binds to what stands behind the address in memory, mostly zeros. */
function hasForeignAddress({ bindAddress, family }: Service): boolean {
  return bindAddress !== null && bindAddress.includes(':') !== (family === 'IPv6');
}

/**
 * How many services the daemon's table of descriptors holds when there are 64 of them. One that fails to start keeps its place
 * in it, and what comes behind the last one overwrites other memory: the daemon crashes, or not.
 */
const tableSize = 64;

function overflowsTable({ services, diagnostics }: Configuration): boolean {
  const count = (code: string): number => diagnostics.filter((each) => each.code === code).length;
  return services.length + count('start-failed') - count('too-many-services') > tableSize;
}

/** In the foreground the daemon stays without services, and does not say that there are none. */
function inForeground(configuration: Configuration): ModelResult {
  const isEmpty = configuration.diagnostics.at(-1)?.code === 'no-services';
  const diagnostics = configuration.diagnostics
    .filter(({ code }) => code !== 'no-services')
    .map(loggedMessage);
  return {
    isUndefined:
      configuration.services.some(hasForeignAddress) ||
      overflowsTable(configuration) ||
      configuration.diagnostics.some(({ code }) => code.startsWith('endless-')),
    exitCode: isEmpty ? null : configuration.exitCode,
    services: dumpedServices(configuration, {
      hostName: oracleHostName,
      environment: daemonVariables,
    }),
    diagnostics,
  };
}
