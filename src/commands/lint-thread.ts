import { parentPort, workerData } from 'node:worker_threads';
import { loadRules } from '../lint/registry.ts';
import { ConfigurationLoader } from './lint-configuration.ts';
import {
  lintSource,
  type PlainReport,
  plainReport,
  type Share,
  type SharedItem,
  type ThreadMessage,
} from './lint-share.ts';
import { lintTask, openTask } from './lint-tasks.ts';
import { ruleEntries } from './rule-option.ts';

/** Files between two messages about the progress. */
const stride = 50;

/** The work of one thread of `xcfg lint`. */
export async function lintShare(): Promise<void> {
  const { args, cwd, items } = workerData as Share;
  const rules = await loadRules();
  const commandLine = ruleEntries(args.rule ?? [], rules);
  const loader = new ConfigurationLoader(rules, {
    file: args.config,
    cwd,
    commandLine,
    dialect: args.dialect,
  });
  let done = 0;
  const onFile = () => {
    done += 1;
    if (done % stride === 0) say({ kind: 'progress', files: stride });
  };
  const reports: (readonly [number, PlainReport])[] = [];
  for (const item of items) reports.push([item.at, await lintItem(item, { args, cwd }, loader, onFile)]);
  say({ kind: 'result', reports });
}

async function lintItem(
  { source, part }: SharedItem,
  { args, cwd }: Pick<Share, 'args' | 'cwd'>,
  loader: ConfigurationLoader,
  onFile: () => void,
): Promise<PlainReport> {
  const task = await openTask(lintSource(source), args, cwd, loader);
  let number = 0;
  const isMine = (at: number) => at % part.of === part.rest;
  const { tree, files } = await lintTask(task, args, cwd, {
    isWanted: () => isMine(number++),
    onFile,
  });
  const numbered = files.map((report, at) => [at, report] as const);
  // What is about no file of the tree every thread has found: the first one says it.
  return plainReport(numbered.filter(([at]) => (at < tree.files.length ? isMine(at) : part.rest === 0)));
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}
